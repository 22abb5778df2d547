// The answer at a glance: is the app in service, with what, since when; what is desired and why; hold; what is next.

import { byId, h, show } from './dom.js';
import { shortCommit, stateIcon, titleOf } from './parts.js';
import { texts } from './texts.js';
import { left, moment, since } from './time.js';

const tones = { Up: 'good', Degraded: 'warn', Down: 'bad', Off: 'off', Closed: 'off', Unknown: 'off' };
const stateTones = { InSync: 'good', Deploying: 'busy', Replacing: 'busy', Down: 'bad', Refused: 'bad', Stopped: 'off', Closed: 'off' };

/** How the app is, in one word of the table: what every part of the page may ask. */
export function serviceOf(doc) {
  const service = doc.lanes.service.at(-1) ?? { state: 'Unknown', from: null };
  const { inService, healthy } = countsOf(doc);
  const state = service.state === 'Up' && healthy < inService ? 'Degraded'
    : service.state === 'Off' && doc.status.state === 'Closed' ? 'Closed' : service.state;
  return { state, from: service.from, tone: tones[state] };
}

function countsOf(doc) {
  const running = doc.status.instances.filter(instance => instance.state === 'InService');
  const healthy = running.filter(instance => instance.probe === null || instance.probe === 'healthy');
  return { inService: running.length, healthy: healthy.length, running };
}

export function renderGlance(doc) {
  const { status } = doc;
  const service = serviceOf(doc);
  const { healthy, running } = countsOf(doc);
  const releases = [...new Set(running.map(instance => instance.release))];
  const title = `${texts.service[service.state]} · ${status.app}`;
  if (document.title !== title) {
    document.title = title;
    byId('said').textContent = title;
  }
  byId('icon').href = tabIcon(service.tone);
  show(
    byId('glance'),
    h('div', { class: `hero ${service.tone}` },
      stateIcon(service.tone, 'hero-icon'),
      h('div', {},
        h('h1', { id: 'glance-title' }, texts.service[service.state]),
        h('p', { class: 'what' }, what(doc, releases), service.from ? [' ', texts.for, ' ', since(service.from)] : null)),
      h('span', { class: `chip ${stateTones[status.state]}` }, texts.states[status.state])),
    alarms(doc),
    h('dl', { class: 'facts' },
      fact(texts.facts.instances, texts.healthyOf(healthy, status.desiredCapacity)),
      fact(
        texts.facts.desired,
        titleOf(status.desired.release, doc.releases),
        doc.because ? texts.because[doc.because.kind](doc.because) : status.whyDesired),
      fact(texts.facts.hold, hold(status), status.hold?.reason),
      status.waiting.length > 0
        ? fact(texts.facts.waiting, status.waiting.map(one => titleOf(one.release, doc.releases)).join(', '))
        : null,
      fact(texts.facts.rollback, status.rollbackTo ? titleOf(status.rollbackTo, doc.releases) : texts.nothing),
      fact(texts.facts.next, next(status), doc.planned.join('; '))));
}

function what(doc, releases) {
  if (releases.length === 0) {
    return texts.noRelease;
  }
  return releases.map((name, index) => {
    const facts = doc.releases.find(release => release.release === name);
    return [
      index > 0 ? ', ' : `${texts.with} `,
      h('strong', {}, titleOf(name, doc.releases)),
      facts?.commit ? commitOf(facts) : null,
    ];
  }).flat(2);
}

function commitOf(release) {
  return [`, ${texts.commit} `, h('code', {}, shortCommit(release.commit)), release.commitTitle ? ` “${release.commitTitle}”` : ''];
}

function alarms(doc) {
  const { status } = doc;
  const lines = [
    status.violation ? [texts.refused, status.violation] : null,
    status.attempts ? [null, texts.failing(status.attempts.count, status.attempts.lastFailure)] : null,
    status.lastActivity && status.state === 'Down' ? [texts.groupSays, status.lastActivity] : null,
    status.stopped ? [texts.states.Stopped, status.stopped.reason] : null,
    status.restart ? [texts.restarting, status.restart.reason] : null,
  ].filter(line => line);
  return lines.length === 0 ? null : h('ul', { class: 'alarms' }, lines.map(([label, text]) =>
    h('li', {}, label ? h('strong', {}, `${label}: `) : null, text)));
}

function fact(label, value, more) {
  return h('div', {}, h('dt', {}, label), h('dd', {}, value, more ? h('span', { class: 'more' }, more) : null));
}

function hold(status) {
  if (!status.hold) {
    return texts.nothing;
  }
  const { holder, until } = status.hold;
  return h('span', { class: 'held' },
    `${texts.holders[holder] ?? holder} `,
    until ? [texts.until, ' ', moment(until), ' (', left(until), ')'] : texts.noEnd);
}

function next(status) {
  const isAtRest = status.state === 'InSync';
  return isAtRest && status.hold ? texts.nextIs.held(status.waiting.length) : texts.nextIs[status.state];
}

// The tab shows the state too: its shape as well as its colour.
function tabIcon(tone) {
  const shapes = {
    good: '<circle cx="16" cy="16" r="14" fill="#157347"/><path d="m9 17 5 5 9-11" fill="none" stroke="#fff" stroke-width="4"/>',
    warn: '<path d="M16 2 31 29H1z" fill="#a86100"/><path d="M16 11v9m0 3v3" stroke="#fff" stroke-width="4"/>',
    bad: '<path d="M10 2h12l8 8v12l-8 8H10l-8-8V10z" fill="#b42318"/><path d="m10 10 12 12m0-12L10 22" stroke="#fff" stroke-width="4"/>',
    off: '<rect x="3" y="3" width="26" height="26" rx="4" fill="#667085"/><path d="M12 10v12m8-12v12" stroke="#fff" stroke-width="4"/>',
  };
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${shapes[tone]}</svg>`)}`;
}

