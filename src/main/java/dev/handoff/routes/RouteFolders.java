package dev.handoff.routes;

import java.util.List;

/** Which folders of routes are in use. All beans of this type together say what is loaded and watched. */
public interface RouteFolders {

    /** Folders below {@code handoff.routes}, such as {@code support/chatwoot}. Each must exist and hold routes. */
    List<String> folders();

    /** Ids of routes that must be there once the folders are loaded, each with its folder: {@code folder/id}. */
    default List<String> required() {
        return List.of();
    }
}
