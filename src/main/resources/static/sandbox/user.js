// The user's side: a chat with the demo bot, as a website would show it.
import { Refused, ask, byId, element, keepAtEnd, patch, sendOnEnter, time, title, words } from './dom.js';

const KEPT = 'handoff-sandbox-chat';
const HOLDERS = { bot: 'The bot answers', queue: 'Waiting for a person', agent: 'A person answers' };

let chat = null;
let state = { control: 'bot', conversation: null, thinking: false };
let lines = [];
/** What the user wrote and the log has not shown yet. */
let unsent = [];

const lastSeq = () => lines.at(-1)?.seq ?? 0;

function reset(id) {
  chat = id;
  lines = [];
  unsent = [];
  localStorage.setItem(KEPT, id);
}

async function begin() {
  reset((await ask('chats', {})).chat);
}

let reading = null;

/** Reads on where it stands; calls that come while it reads wait for the next round. */
export function refresh() {
  reading ??= read().finally(() => { reading = null; });
  return reading;
}

async function read() {
  if (chat === null) {
    const kept = localStorage.getItem(KEPT);
    if (kept) {
      chat = kept;
    } else {
      await begin();
    }
  }
  const mine = chat;
  let answer;
  try {
    answer = await ask(`chats/${encodeURIComponent(mine)}?after=${lastSeq()}`);
  } catch (error) {
    if (error instanceof Refused && error.status === 404) {
      await begin();
      return read();
    }
    throw error;
  }
  if (mine !== chat) {
    return state;
  }
  const { lines: fresh, ...now } = answer;
  state = now;
  lines.push(...fresh);
  unsent = unsent.filter(one => one.seq === undefined || one.seq > lastSeq());
  show();
  return state;
}

/** How far the newcomer has come: 0 asks for a person, 1 answers, 2 resolves, 3 is through. */
export function step() {
  const from = lines.findLastIndex(line => line.kind === 'handoff');
  if (from < 0) {
    return 0;
  }
  if (state.control === 'bot') {
    return lines.slice(from).some(line => line.author === 'agent') ? 3 : 0;
  }
  return lines.slice(from).some(line => line.kind === 'message' && line.author === 'agent') ? 2 : 1;
}

export const conversation = () => (state.control === 'bot' || state.conversation === null ? null
  : Number(state.conversation));
export const said = () => lines.length;

const EVENTS = {
  handoff: line => `The bot asks for a person${line.team ? ` of ${title(line.team)}` : ''}`,
  assigned: line => `You are in the queue${line.team ? ` of ${title(line.team)}` : ''}`,
  joined: line => `${line.name ?? 'A person'} has joined`,
  left: line => `${line.name ?? 'The person'} has left; somebody else will go on`,
  closed: line => (line.author === 'bot' ? 'You ended the conversation with people'
    : `${line.name ?? 'The conversation with people'} ${line.name ? 'closed the conversation' : 'has ended'}`),
  undelivered: line => `Not delivered: ${line.reason ?? 'unknown reason'}`,
};

function row(line) {
  if (line.kind !== 'message') {
    return element('li', { className: 'line event' }, words('span', '', EVENTS[line.kind](line)), ' ', time(line.at));
  }
  const name = line.author === 'user' ? 'You' : line.author === 'bot' ? 'Bot' : line.name ?? 'A person';
  return element('li', { className: `line ${line.author}` },
    element('div', { className: 'by' }, words('b', '', name), time(line.at)),
    words('div', 'text', line.text ?? ''));
}

function waiting(one) {
  const made = element('li', { className: 'line user unsent' },
    element('div', { className: 'by' }, element('b', {}, 'You'),
      element('span', { className: one.failed ? 'wrong' : '' }, one.failed ? 'not sent' : 'sending …')),
    words('div', 'text', one.text));
  if (one.failed) {
    const again = element('button', { type: 'button' }, 'Send again');
    again.addEventListener('click', () => send(unsent.find(other => other.id === one.id)));
    made.append(again);
  }
  return made;
}

function show() {
  const list = byId('chat');
  const rows = [...lines.map(line => ({ line })), ...unsent.map(one => ({ one })),
    ...(state.thinking && state.control === 'bot' ? [{ thinking: true }] : [])];
  keepAtEnd(list, () => patch(list, rows, entry => (entry.line ? row(entry.line) : entry.one ? waiting(entry.one)
    : element('li', { className: 'line bot thinking' }, 'The bot is writing …'))));
  const last = lines.at(-1);
  const choices = state.control === 'bot' && unsent.length === 0 && !state.thinking && last?.author === 'bot'
    ? last.choices ?? [] : [];
  patch(byId('choices'), choices, choice => {
    const button = element('button', { type: 'button', dir: 'auto' }, choice);
    button.addEventListener('click', () => {
      byId('say-text').focus();
      write(choice);
    });
    return button;
  });
  const person = lines.findLast(line => line.author === 'agent' || line.kind === 'joined');
  const holder = state.control === 'agent' && person?.name ? `${person.name} answers` : HOLDERS[state.control];
  if (byId('control').textContent !== holder) {
    byId('control').textContent = holder;
  }
  byId('control').className = state.control;
  byId('end').hidden = state.control === 'bot';
}

async function send(one) {
  const mine = chat;
  one.failed = false;
  show();
  try {
    one.seq = (await ask(`chats/${encodeURIComponent(mine)}/messages`, { id: one.id, text: one.text })).seq;
  } catch {
    one.failed = true;
  }
  if (mine === chat) {
    show();
    await refresh().catch(() => {});
  }
}

/** An id of its own lets the same message be sent again without being taken twice. */
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

function write(text) {
  if (chat === null || text.trim() === '') {
    return false;
  }
  const one = { id: newId(), text, failed: false };
  unsent.push(one);
  send(one);
  byId('chat').scrollTop = byId('chat').scrollHeight;
  return true;
}

sendOnEnter(byId('say-text'));
byId('say').addEventListener('submit', event => {
  event.preventDefault();
  const text = byId('say-text');
  if (write(text.value)) {
    text.value = '';
  }
  text.focus();
});
byId('end').addEventListener('click', async () => {
  byId('say-text').focus();
  await ask(`chats/${encodeURIComponent(chat)}/end`, {}).catch(() => {});
  await refresh().catch(() => {});
});
byId('anew').addEventListener('click', async () => {
  byId('say-text').focus();
  await begin().catch(() => {});
  await refresh().catch(() => {});
});
