// Keeps both sides fresh, shows how far the newcomer has come, and in narrow windows one side at a time.
import { byId } from './dom.js';
import * as desk from './desk.js';
import * as user from './user.js';

const REFRESH = 1000;

function tell(text) {
  const state = byId('state');
  if (state.textContent !== text) {
    state.textContent = text;
  }
}

function showSteps() {
  const current = user.step();
  [...byId('steps').children].forEach((step, place) => {
    step.className = place < current || current === 3 ? 'done' : '';
    if (place === current) {
      step.setAttribute('aria-current', 'step');
    } else {
      step.removeAttribute('aria-current');
    }
  });
}

const sides = [...document.querySelectorAll('.sides button')];
const seen = {};

function news() {
  return { user: String(user.said()), desk: String(user.conversation()) };
}

function showSide(side) {
  document.body.dataset.side = side;
  sides.forEach(button => button.setAttribute('aria-pressed', String(button.dataset.side === side)));
  Object.assign(seen, { [side]: news()[side] });
  markNews();
}

/** Says at the button of the hidden side that something happened there. */
function markNews() {
  const now = news();
  seen[document.body.dataset.side] = now[document.body.dataset.side];
  sides.forEach(button => {
    const side = button.dataset.side;
    seen[side] ??= now[side];
    button.querySelector('.news').hidden = seen[side] === now[side];
  });
}

sides.forEach(button => button.addEventListener('click', () => showSide(button.dataset.side)));

async function refresh() {
  const failures = (await Promise.allSettled([user.refresh(), desk.refresh()])).filter(one => one.status === 'rejected');
  const error = failures[0]?.reason;
  if (!error) {
    tell('');
  } else if (error.status === 503) {
    tell('The user’s side needs the bot “demo” of the shipped application.yaml.');
  } else if (error.status === 404) {
    tell('The sandbox is off (handoff.sandbox).');
  } else {
    tell('Handoff does not answer; trying again …');
  }
  desk.showOwn(user.conversation());
  showSteps();
  markNews();
}

async function keepFresh() {
  if (!document.hidden) {
    await refresh();
  }
  setTimeout(keepFresh, REFRESH);
}

async function begin() {
  try {
    await desk.start(tell);
    await keepFresh();
  } catch {
    tell('Handoff does not answer; trying again …');
    setTimeout(begin, REFRESH);
  }
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) {
    refresh();
  }
});
begin();
