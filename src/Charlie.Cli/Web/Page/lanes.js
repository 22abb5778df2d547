// The instances as lanes over time. What is red in every lane is time in which the app was out of service.

import { byId, h, show } from './dom.js';
import { moreButton, nameOf, shortId } from './parts.js';
import { language, texts } from './texts.js';
import { age, now } from './time.js';

const firstRows = 12;
const moreRows = 100;
const ticks = 5;

let doc = null;
let minutes = 15;
let rows = firstRows;
let drawn = [];
let rest = null;

export function renderLanes(next) {
  const isNew = doc === null;
  doc = next;
  if (isNew) {
    // The embedded AWS does in seconds what takes an account minutes.
    minutes = doc.embedded === null ? 60 : 2;
    build();
  }
  draw();
}

/** Moves the lanes with the time. */
export function drawLanes() {
  if (doc) {
    draw();
  }
}

function build() {
  show(
    byId('lanes'),
    h('div', { class: 'head' },
      h('h2', { id: 'lanes-title' }, texts.instances),
      h('fieldset', { class: 'choice' },
        h('legend', { class: 'hidden' }, texts.range),
        Object.entries(texts.ranges).map(([value, name]) => h('label', {},
          h('input', { type: 'radio', name: 'range', value, checked: Number(value) === minutes, onchange: () => setRange(Number(value)) }),
          h('span', {}, name))))),
    h('p', { class: 'sub', id: 'lanes-sum' }),
    h('div', { class: 'lanes', id: 'lane-rows' }),
    h('div', { id: 'lanes-more' }),
    h('ul', { class: 'legend' },
      Object.entries(texts.lanes).filter(([state]) => state !== 'Gone').map(([state, name]) =>
        h('li', {}, h('span', { class: `swatch lane-${state}`, 'aria-hidden': 'true' }), name)),
      h('li', {}, h('span', { class: 'swatch band-Down', 'aria-hidden': 'true' }), texts.bands.Down),
      h('li', {}, h('span', { class: 'swatch band-Unknown', 'aria-hidden': 'true' }), texts.bands.Unknown)));
}

function setRange(value) {
  minutes = value;
  draw();
}

function draw() {
  const end = now();
  const start = end - minutes * 60000;
  const inTime = doc.lanes.lanes.filter(lane => lane.endedAt === null || Date.parse(lane.endedAt) > start);
  // Those that are there come first, the youngest on top.
  const order = inTime.map((lane, index) => [lane, index])
    .sort(([a, i], [b, j]) => (a.endedAt === null ? 0 : 1) - (b.endedAt === null ? 0 : 1) || j - i)
    .map(([lane]) => lane);
  const shown = order.slice(0, rows);
  const key = [minutes, ...shown.map(lane => `${lane.id} ${lane.endedAt === null}`)].join();
  if (byId('lane-rows').dataset.key !== key) {
    byId('lane-rows').dataset.key = key;
    byId('lane-rows').replaceChildren(axis(), row('app', texts.theApp, null), ...shown.map(lane => row(lane.id, shortId(lane.id), lane)));
    drawn = [...byId('lane-rows').querySelectorAll('.lane')];
  }
  const bands = doc.lanes.service.filter(one => one.state !== 'Up');
  place(drawn[0].querySelector('.track'), doc.lanes.service, 'band', texts.bands, start, end, []);
  shown.forEach((lane, index) => place(drawn[index + 1].querySelector('.track'), lane.stretches, 'lane', texts.lanes, start, end, bands));
  drawAxis(start, end);
  sum(start, end);
  const hidden = order.length - shown.length;
  if (rest !== hidden) {
    rest = hidden;
    byId('lanes-more').replaceChildren(moreButton(hidden, () => {
      rows += moreRows;
      draw();
    }) ?? '');
  }
}

function row(id, name, lane) {
  return h('div', { class: lane ? 'lane' : 'lane lane-app', 'data-id': id },
    h('div', { class: 'lane-name', title: lane ? lane.id : null },
      h('span', {}, name),
      lane ? h('span', { class: 'more' }, nameOf(lane.release), lane.endedAt ? ` · ${texts.lanes.Gone}` : '') : null),
    h('div', { class: 'track', role: 'img' }));
}

// The elements are kept and moved: a lane has few of them, and many lanes move each second.
function place(track, stretches, kind, words, start, end, bands) {
  const parts = [
    ...bands.map(one => [`band-${one.state} behind`, one, '']),
    ...stretches.map(one => [`${kind}-${one.state}`, one, words[one.state]]),
  ].filter(([, one]) => one.until === null || Date.parse(one.until) > start);
  while (track.children.length > parts.length) {
    track.lastChild.remove();
  }
  parts.forEach(([style, one, word], index) => {
    const part = track.children[index] ?? track.appendChild(h('span'));
    const from = Math.max(start, Date.parse(one.from));
    const until = one.until === null ? end : Date.parse(one.until);
    part.className = style;
    part.style.left = `${100 * (from - start) / (end - start)}%`;
    part.style.width = `${Math.max(0, 100 * (until - from) / (end - start))}%`;
    part.title = word ? `${word}, ${age(until - Date.parse(one.from))}` : '';
  });
  track.setAttribute('aria-label', stretches.map(one => words[one.state]).slice(-4).join(', '));
}

function axis() {
  return h('div', { class: 'axis', 'aria-hidden': 'true' }, h('div'), h('div', { class: 'axis-track' },
    Array.from({ length: ticks }, (_, index) => h('span', { class: `tick tick-${index}` }))));
}

function drawAxis(start, end) {
  const format = new Intl.DateTimeFormat(language, {
    hour: '2-digit', minute: '2-digit', second: minutes < 60 ? '2-digit' : undefined, hour12: false,
  });
  byId('lane-rows').querySelectorAll('.tick').forEach((tick, index) => {
    tick.textContent = format.format(new Date(start + (end - start) * index / (ticks - 1)));
  });
}

function sum(start, end) {
  const out = doc.lanes.service.filter(one => one.state === 'Down')
    .reduce((total, one) => total + Math.max(0, (one.until ? Date.parse(one.until) : end) - Math.max(start, Date.parse(one.from))), 0);
  const service = out > 0 ? texts.outFor(age(out)) : texts.neverOut;
  const text = doc.status.instances.length === 0 ? `${service} ${texts.noInstances}` : service;
  const element = byId('lanes-sum');
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
