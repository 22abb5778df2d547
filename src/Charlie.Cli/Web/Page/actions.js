// What the page offers, and the commands that do the same.

import { byId, h, show } from './dom.js';
import { texts } from './texts.js';

let session = { token: '', isActing: false };
let shape = '';

export function setSession(next) {
  session = next;
}

export function renderActions(doc) {
  const section = byId('actions');
  const next = JSON.stringify([doc.isActing, doc.actions.map(action => [action.name, action.isOpen, action.commands.length])]);
  if (next !== shape) {
    shape = next;
    const focused = document.activeElement?.closest('[data-action]')?.dataset.action;
    const open = new Set([...section.querySelectorAll('details[open]')].map(details => details.closest('[data-action]').dataset.action));
    build(section, doc, open);
    if (focused) {
      section.querySelector(`[data-action="${focused}"] button:not(:disabled)`)?.focus();
    }
  }
  // Ids change with each push; what is open or focused stays.
  for (const action of doc.actions) {
    const codes = section.querySelectorAll(`[data-action="${action.name}"] code`);
    action.commands.forEach((command, index) => {
      if (codes[index].textContent !== command.line) {
        codes[index].textContent = command.line;
      }
    });
  }
}

function build(section, doc, open) {
  const groups = Object.keys(texts.groups).filter(group => doc.actions.some(action => action.group === group));
  show(
    section,
    h('div', { class: 'head' }, h('h2', { id: 'actions-title' }, doc.embedded ? texts.actions.playground : texts.actions.title)),
    doc.isActing ? null : h('p', { class: 'note' }, texts.readOnly),
    h('div', { class: 'groups' }, groups.map(group => h('div', { class: 'group' },
      h('h3', {}, texts.groups[group]),
      h('ul', { class: 'action-list' }, doc.actions.filter(action => action.group === group).map(action => row(action, doc, open)))))));
}

function row(action, doc, open) {
  const [name, description] = texts.action[action.name];
  return h('li', { 'data-action': action.name },
    doc.isActing
      ? h('button', { type: 'button', class: `act ${action.group}`, disabled: !action.isOpen, onclick: () => start(action) }, name)
      : h('p', { class: 'act-name' }, name),
    h('p', { class: 'about' }, description),
    h('details', { open: open.has(action.name) },
      h('summary', { 'aria-label': `${texts.commands}: ${name}` }, texts.commands),
      action.commands.map(command => h('div', { class: 'command' },
        h('span', { class: 'tool' }, command.tool),
        h('code', { tabindex: 0 }, command.line),
        h('button', {
          type: 'button', class: 'copy', 'aria-label': `${texts.copy}: ${command.tool}, ${name}`, onclick: copy,
        }, texts.copy)))));
}

async function copy(event) {
  await navigator.clipboard.writeText(event.target.parentElement.querySelector('code').textContent);
  say(texts.copied);
}

function start(action) {
  if (action.group === 'steer') {
    ask(action);
  } else {
    run(action, null);
  }
}

// A request to people's app: why, and what comes of it, before it is put.
function ask(action) {
  const [name, description] = texts.action[action.name];
  const reason = h('input', { id: 'reason', type: 'text', maxlength: 150, required: action.needsReason, autocomplete: 'off' });
  const plan = h('div', { class: 'plan' });
  const put = h('button', { type: 'submit', class: 'act steer' }, name);
  const dialog = h('dialog', { 'aria-labelledby': 'dialog-title' },
    h('form', { onsubmit: event => {
      event.preventDefault();
      dialog.close();
      run(action, reason.value);
    } },
    h('h2', { id: 'dialog-title' }, name),
    h('p', {}, description),
    h('label', { for: 'reason' }, action.needsReason ? texts.reason : texts.reasonOptional),
    reason,
    plan,
    h('div', { class: 'buttons' },
      h('button', { type: 'button', class: 'plain', onclick: () => dialog.close() }, texts.cancel),
      put)));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  reason.focus();
  showPlan(action, plan, put);
}

async function showPlan(action, plan, put) {
  const { answer, error } = await post(`plans/${action.name}`, texts.yourReason);
  put.disabled = error !== null || !answer.isTaken;
  show(plan,
    h('h3', {}, texts.planned),
    error || !answer.isTaken ? h('p', { class: 'refusal' }, error ?? `${texts.turnedDown} ${answer.summary}`)
      : h('ul', {}, (answer.planned.length > 0 ? answer.planned : [texts.plannedNothing]).map(line => h('li', {}, line))));
}

async function run(action, reason) {
  const { answer, error } = await post(`actions/${action.name}`, reason);
  const name = texts.action[action.name][0];
  say(error ? `${name}: ${error}`
    : !answer.isTaken ? `${name}: ${texts.turnedDown} ${answer.summary}`
      : `${name}: ${texts.done[action.group]} ${answer.summary ?? ''}`);
}

async function post(route, reason) {
  try {
    const response = await fetch(`/_console/${route}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Charlie-Token': session.token },
      body: JSON.stringify({ reason }),
    });
    const body = await response.json();
    return response.ok ? { answer: body, error: null } : { answer: null, error: body.error };
  } catch (error) {
    return { answer: null, error: error.message };
  }
}

let timer = null;

function say(text) {
  const toast = byId('toast');
  toast.textContent = text;
  toast.classList.add('is-shown');
  clearTimeout(timer);
  timer = setTimeout(() => toast.classList.remove('is-shown'), 8000);
}
