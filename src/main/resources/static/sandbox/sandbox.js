// Shows the sandbox's conversations. Whatever people wrote goes into text nodes only, never into HTML.

const REFRESH = 2000;
const SHOWN = 100;
const AUTHORS = { user: 'User', bot: 'Bot', agent: 'Agent', note: 'Private note' };

const byId = id => document.getElementById(id);
const view = { team: null, status: '', id: numberIn(location.hash) };
let shownList = '';
let shownConversation = '';

function numberIn(hash) {
  const found = /^#(\d+)$/.exec(hash);
  return found ? Number(found[1]) : null;
}

/** An element with text and children; `dir=auto` lets each text find its own direction. */
function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

const words = (tag, className, text) => element(tag, { className, dir: 'auto' }, text);

function time(instant) {
  const at = new Date(instant);
  return element('time', { dateTime: instant, title: at.toLocaleString() },
    at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' }));
}

async function read(path) {
  const response = await fetch(path, { headers: { Accept: 'application/json' } });
  if (response.status === 404) {
    return null;
  }
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status}`);
  }
  return response.json();
}

function showTeams(overview) {
  const rows = [[null, 'All', overview.total],
    ...Object.entries(overview.teams).filter(([name]) => name !== '').map(([name, count]) => [name, name, count]),
    ['', 'No team', overview.teams[''] ?? 0]];
  byId('teams').replaceChildren(...rows.map(([team, label, count]) => {
    const button = element('button', { type: 'button' },
      words('span', 'name', label), element('span', { className: 'count' }, String(count)));
    button.setAttribute('aria-pressed', String(view.team === team));
    button.dataset.key = `team ${team}`;
    button.addEventListener('click', () => {
      view.team = team;
      byId('list-title').textContent = team === null ? 'All conversations' : label;
      refresh();
    });
    return element('li', {}, button);
  }));
}

function showList(conversations) {
  byId('none').hidden = conversations.length > 0;
  byId('conversations').replaceChildren(...conversations.map(conversation => {
    const preview = conversation.preview === null ? 'nothing said yet'
      : (conversation.lastAuthor === 'note' ? '🔒 ' : '') + conversation.preview;
    const button = element('button', { type: 'button' },
      words('span', 'who', conversation.contact || 'Unknown'),
      time(conversation.lastActivityAt),
      words('span', 'preview', preview),
      element('span', { className: `status ${conversation.status}` }, conversation.status),
      words('span', 'meta', `#${conversation.id} · ${conversation.team ?? 'no team'} · ${conversation.assignee ?? 'unassigned'} · `
        + `${conversation.messages} lines${conversation.typing ? ' · typing …' : ''}`));
    button.setAttribute('aria-current', String(conversation.id === view.id));
    button.dataset.key = `conversation ${conversation.id}`;
    button.addEventListener('click', () => { location.hash = conversation.id; });
    return element('li', {}, button);
  }));
}

function fact(name, value) {
  return value === null || value === undefined || value === '' ? null
    : element('div', {}, element('dt', {}, name), words('dd', '', String(value)));
}

function attributes(values) {
  return Object.entries(values ?? {})
    .map(([name, value]) => fact(name, typeof value === 'string' ? value : JSON.stringify(value)));
}

function line(message) {
  if (message.author === 'activity') {
    return element('li', { className: 'line activity' }, words('span', '', message.content), ' ', time(message.createdAt));
  }
  return element('li', { className: `line ${message.author}` },
    element('div', { className: 'by' },
      element('b', {}, (message.author === 'note' ? '🔒 ' : '') + AUTHORS[message.author]),
      words('span', '', message.name ?? ''),
      message.private ? element('span', {}, 'only agents see this') : null,
      time(message.createdAt)),
    words('div', 'text', message.content ?? ''),
    message.sourceId ? words('div', 'mark', message.sourceId) : null);
}

function showConversation(conversation) {
  const place = byId('conversation');
  if (!conversation) {
    place.replaceChildren(element('p', { className: 'hint' },
      view.id === null ? 'Choose a conversation.' : `There is no conversation #${view.id}.`));
    return;
  }
  const contact = conversation.contact;
  const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 40;
  place.replaceChildren(
    element('header', {},
      words('h2', '', contact.name || 'Unknown'),
      element('span', { className: `status ${conversation.status}` }, conversation.status),
      element('dl', {}, ...[
        fact('Conversation', `#${conversation.id}`), fact('Team', conversation.team ?? 'none'),
        fact('Assignee', conversation.assignee ?? 'nobody'), fact('Labels', conversation.labels.join(', ')),
        fact('Identifier', contact.identifier), fact('E-mail', contact.email), fact('Phone', contact.phone),
        fact('Source', conversation.sourceId),
        ...attributes(contact.customAttributes), ...attributes(contact.additionalAttributes),
        ...attributes(conversation.customAttributes), ...attributes(conversation.additionalAttributes)])),
    element('ol', { className: 'lines', ariaLabel: 'Messages' }, ...conversation.messages.map(line)));
  if (atEnd) {
    place.scrollTop = place.scrollHeight;
  }
}

/** Draws only what has changed, and keeps the focus where it was. */
function draw(list, conversation) {
  const focus = document.activeElement?.dataset?.key;
  const newList = JSON.stringify([list, view]);
  if (newList !== shownList) {
    shownList = newList;
    showTeams(list);
    showList(list.conversations);
  }
  const newConversation = JSON.stringify([conversation, view.id]);
  if (newConversation !== shownConversation) {
    shownConversation = newConversation;
    showConversation(conversation);
  }
  if (focus) {
    document.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
  }
}

function tell(text, wrong) {
  const state = byId('state');
  if (state.textContent !== text) {
    state.textContent = text;
    state.className = wrong ? 'wrong' : '';
  }
}

let latest = 0;

async function refresh() {
  const mine = ++latest;
  const query = new URLSearchParams({ limit: SHOWN });
  if (view.team !== null) {
    query.set('team', view.team);
  }
  if (view.status !== '') {
    query.set('status', view.status);
  }
  try {
    const [list, conversation] = await Promise.all([
      read(`/sandbox/api/conversations?${query}`),
      view.id === null ? null : read(`/sandbox/api/conversations/${view.id}`)]);
    if (mine !== latest) {
      return;
    }
    if (list === null) {
      tell('The sandbox is off (handoff.sandbox).', true);
    } else {
      draw(list, conversation);
      tell(list.total > SHOWN ? `${list.total} conversations, the newest ${SHOWN} of each list are shown` : '', false);
    }
  } catch (error) {
    if (mine === latest) {
      tell('Handoff does not answer; trying again …', true);
    }
  }
}

async function keepFresh() {
  if (!document.hidden) {
    await refresh();
  }
  setTimeout(keepFresh, REFRESH);
}

byId('status').addEventListener('change', event => {
  view.status = event.target.value;
  refresh();
});
addEventListener('hashchange', () => {
  // The link that skips to the conversation changes the hash too.
  if (location.hash !== '#conversation') {
    view.id = numberIn(location.hash);
    refresh();
  }
});
document.addEventListener('visibilitychange', refresh);
keepFresh();
