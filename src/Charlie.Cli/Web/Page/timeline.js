// What happened on the embedded AWS, the newest first, with filters.

import { byId, h, show } from './dom.js';
import { moreButton } from './parts.js';
import { texts } from './texts.js';
import { moment } from './time.js';

// As many as the server keeps.
const maxLines = 10000;
const firstRows = matchMedia('(max-width: 40rem)').matches ? 20 : 60;
const moreRows = 300;

let lines = [];
let rows = firstRows;
let isBuilt = false;
let search = '';
let withRoutine = false;
const left = new Set();

/** Adds what happened since, or begins anew. */
export function addTimeline(more, isAnew) {
  lines = (isAnew ? more : [...lines, ...more]).slice(-maxLines);
  if (isBuilt) {
    sources();
    draw();
  }
}

export function renderTimeline(doc) {
  if (isBuilt) {
    return;
  }
  const section = byId('timeline');
  if (doc.embedded === null) {
    show(
      section,
      h('div', { class: 'head' }, h('h2', { id: 'timeline-title' }, texts.timeline)),
      h('p', { class: 'note' }, texts.noTimeline));
    return;
  }
  isBuilt = true;
  show(
    section,
    h('div', { class: 'head' }, h('h2', { id: 'timeline-title' }, texts.timeline), h('p', { class: 'sub', id: 'timeline-count' })),
    h('div', { class: 'filters' },
      h('label', { class: 'search' }, h('span', { class: 'hidden' }, texts.filter),
        h('input', { type: 'search', id: 'timeline-search', placeholder: texts.filter, oninput: event => {
          search = event.target.value.toLowerCase();
          again();
        } })),
      h('fieldset', { class: 'choice', id: 'timeline-sources' }, h('legend', { class: 'hidden' }, texts.sources)),
      h('label', { class: 'check' },
        h('input', { type: 'checkbox', id: 'timeline-routine', onchange: event => {
          withRoutine = event.target.checked;
          again();
        } }),
        h('span', {}, texts.routine))),
    h('ol', { class: 'entries', id: 'timeline-entries' }),
    h('div', { id: 'timeline-more' }));
  sources();
  draw();
}

function again() {
  rows = firstRows;
  draw();
}

function sources() {
  const fieldset = byId('timeline-sources');
  const known = new Set([...fieldset.querySelectorAll('input')].map(input => input.value));
  for (const source of [...new Set(lines.map(line => line.source))].filter(one => !known.has(one)).sort()) {
    fieldset.append(h('label', {},
      h('input', { type: 'checkbox', value: source, checked: true, onchange: event => {
        if (event.target.checked) {
          left.delete(source);
        } else {
          left.add(source);
        }
        again();
      } }),
      h('span', {}, source)));
  }
}

function isShown(line) {
  return (withRoutine || !line.isRoutine) && !left.has(line.source)
    && (search === '' || line.text.toLowerCase().includes(search) || line.who.toLowerCase().includes(search));
}

function draw() {
  const found = lines.filter(isShown);
  const shown = found.slice(-rows).reverse();
  byId('timeline-count').textContent = texts.found(found.length, lines.length);
  byId('timeline-entries').replaceChildren(...shown.map(line => h('li', { class: `source-${line.source}` },
    moment(line.at), h('span', { class: 'who' }, line.who), h('span', { class: 'text' }, line.text))));
  byId('timeline-more').replaceChildren(moreButton(found.length - shown.length, () => {
    rows += moreRows;
    draw();
  }) ?? '');
}
