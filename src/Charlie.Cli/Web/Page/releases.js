// What was released, and what became of it.

import { byId, h, show } from './dom.js';
import { moreButton, nameOf, shortCommit } from './parts.js';
import { texts } from './texts.js';
import { age, since } from './time.js';

const firstRows = 10;
const moreRows = 50;
const tones = { Confirmed: 'good', Deploying: 'busy', Waiting: 'warn', RolledBack: 'bad', Rejected: 'bad', Superseded: 'off' };
const marks = { good: '✓', busy: '●', warn: '‖', bad: '✕', off: '–' };

let rows = firstRows;

export function renderReleases(doc) {
  const names = Object.entries(texts.columns);
  show(
    byId('releases'),
    h('div', { class: 'head' }, h('h2', { id: 'releases-title' }, texts.releases)),
    h('table', {},
      h('thead', {}, h('tr', {}, names.map(([, name]) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, doc.releases.slice(0, rows).map(release => row(release, doc)))),
    moreButton(doc.releases.length - rows, () => {
      rows += moreRows;
      renderReleases(doc);
    }));
}

function row(release, doc) {
  const tone = tones[release.state];
  return h('tr', {},
    h('th', { scope: 'row' },
      nameOf(release.release),
      release.tag ? h('span', { class: 'image-tag' }, release.tag) : null,
      release.release === doc.status.desired.release ? h('span', { class: 'tag' }, texts.desired) : null),
    cell('commit', release.commit ? [
      h('code', {}, shortCommit(release.commit)),
      ' ',
      pipeline(release),
      h('span', { class: 'more' }, [release.commitTitle, release.commitAuthor].filter(text => text).join(' · ')),
    ] : '–'),
    cell('pushed', release.pushedAt ? texts.ago(since(release.pushedAt)) : '–'),
    cell('took', release.seconds ? age(release.seconds * 1000) : '–'),
    cell('outcome', [
      h('span', { class: `outcome ${tone}` }, h('span', { 'aria-hidden': 'true' }, `${marks[tone]} `), texts.outcome[release.state]),
      release.by ? ` ${texts.by[release.by] ?? release.by}` : null,
      release.reason ? h('span', { class: 'more' }, release.reason) : null,
    ]));
}

function cell(column, content) {
  return h('td', { 'data-label': texts.columns[column] }, h('span', {}, content));
}

function pipeline(release) {
  return release.pipelineUrl
    ? h('a', {
      href: release.pipelineUrl, rel: 'noreferrer', target: '_blank', 'aria-label': `${texts.pipeline} ${release.release}`,
    }, texts.pipeline)
    : null;
}
