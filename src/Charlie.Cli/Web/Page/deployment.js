// The deployment that an operator asks about, step by step.

import { byId, h, show } from './dom.js';
import { shortCommit, titleOf } from './parts.js';
import { texts } from './texts.js';
import { age, left, moment } from './time.js';

const marks = { Done: '✓', Current: '', Ahead: '', Failed: '✕' };

export function renderDeployment(doc) {
  const section = byId('deployment');
  const { deployment } = doc;
  if (deployment === null) {
    section.hidden = true;
    return;
  }
  const release = doc.releases.find(one => one.release === deployment.release);
  const isRejected = deployment.steps.some(step => step.state === 'Failed');
  show(
    section,
    h('div', { class: 'head' },
      h('h2', { id: 'deployment-title' }, deployment.isOver ? texts.deployment.last : texts.deployment.now),
      h('p', { class: 'sub' },
        titleOf(deployment.release, doc.releases),
        release?.commit ? [` · ${texts.commit} `, h('code', {}, shortCommit(release.commit))] : null,
        release?.seconds ? ` · ${texts.took} ${age(release.seconds * 1000)}` : null)),
    h('ol', { class: `steps ${deployment.steps.length < 5 ? 'few' : ''}` }, deployment.steps.map(step)),
    deployment.trouble ? h('p', { class: 'last-line' }, h('span', {}, `${texts.lastLine}: `), h('code', {}, deployment.trouble)) : null,
    isRejected && release?.fallback === doc.status.desired.release ? h('p', { class: 'note' }, backTo(doc, release.fallback)) : null);
}

function backTo(doc, fallback) {
  const back = doc.status.instances.filter(one => one.state === 'InService' && one.release === fallback).length;
  return texts.backTo(titleOf(fallback, doc.releases), back, doc.status.desiredCapacity);
}

function step(one) {
  const name = one.step !== 'Ends' ? one.step : one.state === 'Done' ? 'Confirmed' : one.state === 'Failed' ? 'Rejected' : 'Ends';
  return h('li', { class: `step ${one.state.toLowerCase()}`, 'aria-current': one.state === 'Current' ? 'step' : null },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, marks[one.state]),
    h('span', { class: 'step-name' }, texts.steps[name], h('span', { class: 'hidden' }, `, ${texts.stepStates[one.state]}`)),
    h('span', { class: 'step-detail' }, detail(one)));
}

function detail(one) {
  const isOpen = one.state !== 'Done';
  const count = one.of !== null ? texts.countOf(one.count, one.of) : null;
  switch (one.step) {
    case 'OldStops':
      return isOpen && one.count > 0 ? texts.leftOver(one.count) : null;
    case 'Prepared':
      return one.state === 'Current' && one.text ? texts.phase(one.text) : null;
    case 'Boots':
      return one.state === 'Current' && one.text ? texts.phase(one.text) : isOpen ? count : null;
    case 'Healthy':
    case 'InService':
      return count;
    case 'Bakes':
      return one.until ? texts.toGo(left(one.until)) : null;
    case 'Held':
      return [one.text, one.until ? [` (${texts.until} `, moment(one.until), ')'] : null].flat();
    default:
      return [one.at ? moment(one.at) : null, one.text ? h('span', { class: 'why' }, one.text) : null];
  }
}
