// What both sides of the page need. Whatever people wrote goes into text nodes only, never into HTML.

export const byId = id => document.getElementById(id);

/** An element with properties and children; children that are missing are left out. */
export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

/** An element for what people wrote: `dir=auto` lets each text find its own direction. */
export const words = (tag, className, text) => element(tag, { className, dir: 'auto' }, text);

export function time(instant) {
  const at = new Date(instant);
  return element('time', { dateTime: instant, title: at.toLocaleString() },
    at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
}

/** Makes the children those of `items`; an item that has not changed keeps its element, and so focus and selection. */
export function patch(parent, items, make) {
  const former = new Map([...parent.children].map(child => [child.dataset.made, child]));
  const wanted = items.map(item => {
    const made = JSON.stringify(item);
    const child = former.get(made) ?? make(item);
    former.delete(made);
    child.dataset.made = made;
    return child;
  });
  former.forEach(child => child.remove());
  wanted.forEach((child, place) => {
    if (parent.children[place] !== child) {
      parent.insertBefore(child, parent.children[place] ?? null);
    }
  });
}

/** Fills a select with [value, label] pairs, and leaves it alone while nothing changes. */
export function fill(select, options, value) {
  patch(select, options, ([optionValue, label]) => element('option', { value: optionValue }, label));
  if (select.value !== value && document.activeElement !== select) {
    select.value = value;
  }
}

/** Lets Enter send, and Shift+Enter begin a new line. */
export function sendOnEnter(textarea) {
  textarea.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      textarea.form.requestSubmit();
    }
  });
}

/** Runs `change`; if the list was at its end before, it is there afterwards. */
export function keepAtEnd(list, change) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  change();
  if (atEnd) {
    list.scrollTop = list.scrollHeight;
  }
}

/** Chatwoot keeps team names in lower case. */
export const title = name => name.replace(/(^|\s)\p{L}/gu, letter => letter.toUpperCase());

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Asks the sandbox; with a body it is a POST. */
export async function ask(path, body) {
  const response = await fetch(`/sandbox/api/${path}`, body === undefined
    ? { headers: { Accept: 'application/json' } }
    : { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) {
    throw new Refused(response.status, `${path} answered ${response.status}`);
  }
  return text === '' ? null : JSON.parse(text);
}
