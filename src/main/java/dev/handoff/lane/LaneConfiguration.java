package dev.handoff.lane;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.core.task.support.ExecutorServiceAdapter;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

@Configuration(proxyBeanMethods = false)
class LaneConfiguration {

    /** The threads that lanes are worked on; the permits of the gates bound their number. */
    @Bean(autowireCandidate = true, defaultCandidate = false)
    @Qualifier("lanes")
    ExecutorService laneThreads(Environment environment) {
        if (Threading.VIRTUAL.isActive(environment)) {
            return new ExecutorServiceAdapter(new VirtualThreadTaskExecutor("lane-"));
        }
        CustomizableThreadFactory threads = new CustomizableThreadFactory("lane-");
        threads.setDaemon(true);
        return Executors.newCachedThreadPool(threads);
    }
}
