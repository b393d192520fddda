// The agents' side: the queue by team, a conversation, and what an agent does with it.
import { ask, byId, element, fill, keepAtEnd, patch, sendOnEnter, time, title, words } from './dom.js';

const SHOWN = 100;
const AUTHORS = { user: 'User', bot: 'Bot', agent: 'Agent', note: 'Private note', template: 'Automatic' };
const NOBODY = '';

const view = { id: null, opened: null, shown: null };
let staff = { agents: [], teams: [] };
let onProblem = () => {};
/** The conversation of this page's own user. */
let own = null;

const me = () => Number(byId('agent').value);

function numberIn(hash) {
  const found = /^#(\d+)$/.exec(hash);
  return found ? Number(found[1]) : null;
}

export function showOwn(conversation) {
  own = conversation;
}

export async function start(problem) {
  onProblem = problem;
  view.id = numberIn(location.hash);
  staff = await ask('staff');
  fill(byId('agent'), staff.agents.map(agent => [String(agent.id), agent.name]), sessionStorage.getItem('agent')
    ?? String(staff.agents[0]?.id));
}

export async function refresh() {
  const query = new URLSearchParams({ limit: SHOWN });
  const team = byId('team').value;
  const status = byId('status').value;
  if (team !== '*') {
    query.set('team', team);
  }
  if (status !== '') {
    query.set('status', status);
  }
  const wanted = view.id;
  const [overview, conversation] = await Promise.all([ask(`conversations?${query}`),
    wanted === null ? null : ask(`conversations/${wanted}`).catch(error => {
      if (error.status === 404) {
        return null;
      }
      throw error;
    })]);
  if (wanted !== view.id) {
    return;
  }
  showTeams(overview);
  showQueue(overview);
  showConversation(conversation);
}

function showTeams(overview) {
  const all = Object.values(overview.teams).reduce((sum, count) => sum + count, 0);
  const options = Object.entries(overview.teams).filter(([name]) => name !== '')
    .map(([name, count]) => [name, `${title(name)} (${count})`]);
  if (overview.teams['']) {
    options.push(['', `no team (${overview.teams['']})`]);
  }
  fill(byId('team'), [['*', `all (${all})`], ...options], byId('team').value);
}

function showQueue(overview) {
  const { conversations } = overview;
  const names = [...new Set(conversations.map(conversation => conversation.team ?? ''))]
    .sort((a, b) => (a === '') - (b === '') || a.localeCompare(b));
  const groups = names.map(name => ({ name, id: `team-${encodeURIComponent(name)}` }));
  patch(byId('conversations'), groups, group => element('section', {},
    element('h3', { id: group.id }, group.name === '' ? 'No team' : title(group.name)), element('ul', {})));
  groups.forEach((group, place) => {
    const section = byId('conversations').children[place];
    section.setAttribute('aria-labelledby', group.id);
    const items = conversations.filter(conversation => (conversation.team ?? '') === group.name)
      .map(conversation => ({ ...conversation, current: conversation.id === view.id, own: conversation.id === own }));
    patch(section.querySelector('ul'), items, item);
  });
  const none = byId('none');
  none.hidden = conversations.length > 0;
  none.textContent = overview.total === 0
    ? 'Nobody is waiting. As the user, ask the bot for a person, and the conversation appears here.'
    : 'No conversation with this team and status.';
  const more = overview.total > SHOWN && conversations.length === SHOWN;
  byId('conversations').dataset.more = more ? `Only the newest ${SHOWN} are shown.` : '';
}

function item(conversation) {
  const preview = conversation.preview === null ? 'nothing said yet'
    : (conversation.lastAuthor === 'note' ? '🔒 ' : '') + conversation.preview;
  const button = element('button', { type: 'button' },
    words('span', 'who', conversation.contact || 'Unknown'),
    time(conversation.lastActivityAt),
    words('span', 'preview', preview),
    element('span', { className: 'meta' },
      element('span', { className: `status ${conversation.status}` }, conversation.status),
      conversation.own ? element('span', { className: 'own' }, 'your user') : null,
      words('span', '', `#${conversation.id} · ${conversation.assignee ?? 'unassigned'}`)));
  if (conversation.current) {
    button.setAttribute('aria-current', 'true');
  }
  button.addEventListener('click', () => {
    location.hash = conversation.id;
    byId('conversation').focus();
  });
  return element('li', {}, button);
}

function fact(name, value) {
  return value === null || value === undefined || value === '' ? [] : [[name, String(value)]];
}

function attributes(values) {
  return Object.entries(values ?? {})
    .flatMap(([name, value]) => fact(name, typeof value === 'string' ? value : JSON.stringify(value)));
}

function line(message) {
  if (message.author === 'activity') {
    return element('li', { className: 'line event' }, words('span', '', message.content), ' ', time(message.createdAt));
  }
  const by = message.author === 'agent' && message.name === null ? 'by phone' : message.name ?? '';
  const lost = message.failed && ['agent', 'template'].includes(message.author);
  return element('li', { className: `line ${message.author}` },
    element('div', { className: 'by' },
      element('b', {}, (message.author === 'note' ? '🔒 ' : '') + AUTHORS[message.author]),
      by === '' || by === AUTHORS[message.author] ? null : words('span', '', by), time(message.createdAt),
      message.private ? element('span', {}, 'only agents see this') : null,
      lost ? element('span', { className: 'wrong' }, 'not delivered') : null),
    words('div', 'text', message.content ?? ''));
}

function showConversation(conversation) {
  byId('desk').dataset.opened = String(view.id !== null);
  byId('nothing').hidden = conversation !== null;
  byId('nothing').textContent = view.id === null ? 'Choose a conversation.' : `There is no conversation #${view.id}.`;
  byId('opened').hidden = conversation === null;
  view.opened = conversation;
  if (conversation === null) {
    return;
  }
  const { contact } = conversation;
  byId('contact').textContent = contact.name || 'Unknown';
  byId('conversation-status').textContent = conversation.status;
  byId('conversation-status').className = `status ${conversation.status}`;
  const resolved = conversation.status === 'resolved';
  byId('resolve').hidden = resolved;
  byId('reopen').hidden = !resolved;
  fill(byId('transfer'), [[NOBODY, 'none'], ...staff.teams.map(team => [String(team.id), title(team.name)])],
    conversation.teamId === null ? NOBODY : String(conversation.teamId));
  fill(byId('assignee'), [[NOBODY, 'nobody'], ...staff.agents.map(agent => [String(agent.id), agent.name])],
    conversation.assigneeId === null ? NOBODY : String(conversation.assigneeId));
  patch(byId('facts'), [...fact('Conversation', `#${conversation.id}`), ...fact('Labels', conversation.labels.join(', ')),
    ...fact('Identifier', contact.identifier), ...fact('E-mail', contact.email), ...fact('Phone', contact.phone),
    ...fact('Source', conversation.sourceId), ...attributes(contact.customAttributes),
    ...attributes(contact.additionalAttributes), ...attributes(conversation.customAttributes),
    ...attributes(conversation.additionalAttributes)],
  ([name, value]) => element('div', {}, element('dt', {}, name), words('dd', '', value)));
  const lines = byId('lines');
  const show = () => patch(lines, conversation.messages, line);
  if (view.shown === conversation.id) {
    keepAtEnd(lines, show);
  } else {
    view.shown = conversation.id;
    show();
    lines.scrollTop = lines.scrollHeight;
  }
}

/** @returns whether it was done */
async function act(action, details) {
  try {
    const conversation = await ask(`conversations/${view.id}/${action}`, { agent: me(), ...details });
    if (conversation.id === view.id) {
      showConversation(conversation);
    }
    await refresh();
    return true;
  } catch (error) {
    onProblem(error.status === 404 ? 'This conversation is gone.' : 'That could not be done; try again.');
    return false;
  }
}

const orNull = value => (value === NOBODY ? null : Number(value));

byId('resolve').addEventListener('click', () => act('resolve'));
byId('reopen').addEventListener('click', () => act('open'));
byId('transfer').addEventListener('change', event => act('team', { team: orNull(event.target.value) }));
byId('assignee').addEventListener('change', event => act('assign', { agent: orNull(event.target.value) }));
byId('back').addEventListener('click', () => {
  location.hash = '';
  byId('team').focus();
});
byId('agent').addEventListener('change', event => sessionStorage.setItem('agent', event.target.value));
for (const id of ['team', 'status']) {
  byId(id).addEventListener('change', () => refresh().catch(() => {}));
}

const text = byId('answer-text');
const kind = () => byId('answer').elements.kind.value;

sendOnEnter(text);
byId('answer').addEventListener('change', () => {
  byId('answer').dataset.kind = kind();
  text.placeholder = kind() === 'note' ? 'Only agents will see this …' : 'Answer the user …';
});
byId('answer').addEventListener('submit', async event => {
  event.preventDefault();
  const written = text.value;
  if (written.trim() !== '') {
    text.value = '';
    if (!await act(kind(), { text: written }) && text.value === '') {
      text.value = written;
    }
    text.focus();
  }
});
addEventListener('hashchange', () => {
  view.id = numberIn(location.hash);
  refresh().catch(() => {});
});
