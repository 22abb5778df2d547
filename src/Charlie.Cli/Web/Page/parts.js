// Small pieces that several parts of the page show.

import { h, svg } from './dom.js';
import { texts } from './texts.js';

/** A release as a sentence names it. */
export function nameOf(release) {
  return release === null || release === undefined ? '–' : release === '0.0' ? texts.base : release;
}

/** A release by its image's tag, with its own name behind it; by that alone where no tag is known. */
export function titleOf(release, releases) {
  const tag = releases.find(one => one.release === release)?.tag;
  return tag ? `${tag} (${nameOf(release)})` : nameOf(release);
}

export function shortCommit(commit) {
  return commit.slice(0, 8);
}

/** An instance's id with its middle left out. */
export function shortId(id) {
  return id.length > 14 ? `${id.slice(0, 6)}…${id.slice(-5)}` : id;
}

const shapes = {
  good: [['circle', { cx: 16, cy: 16, r: 14 }], ['path', { d: 'm9.5 16.5 4.5 4.5 8.5-10' }]],
  warn: [['path', { d: 'M16 3 30 28H2z' }], ['path', { d: 'M16 12v8m0 3v1.5' }]],
  bad: [['path', { d: 'M10.2 2h11.6L30 10.2v11.6L21.8 30H10.2L2 21.8V10.2z' }], ['path', { d: 'm11 11 10 10m0-10L11 21' }]],
  off: [['rect', { x: 3, y: 3, width: 26, height: 26, rx: 5 }], ['path', { d: 'M12.5 10.5v11m7-11v11' }]],
};

/** A state's shape: its colour says the same. */
export function stateIcon(tone, style) {
  const [[outer, outerAttributes], [inner, innerAttributes]] = shapes[tone];
  return svg('svg', { viewBox: '0 0 32 32', class: `shape ${tone} ${style}`, 'aria-hidden': 'true' },
    svg(outer, { ...outerAttributes, class: 'outer' }), svg(inner, { ...innerAttributes, class: 'inner' }));
}

/** The list's next part, where there is more. */
export function moreButton(hidden, onclick) {
  return hidden > 0 ? h('button', { type: 'button', class: 'more-button', onclick }, texts.showMore(hidden)) : null;
}
