// Connects the page to the app: every event of the stream goes to the part that shows it.

import { renderActions, setSession } from './actions.js';
import { renderDeployment } from './deployment.js';
import { byId, h, show } from './dom.js';
import { renderGlance } from './glance.js';
import { drawLanes, renderLanes } from './lanes.js';
import { renderNotifications } from './notifications.js';
import { renderReleases } from './releases.js';
import { other, language, texts } from './texts.js';
import { now, setClock, since, tick } from './time.js';
import { addTimeline, renderTimeline } from './timeline.js';

let doc = null;
let reading = null;
let isConnected = false;

document.documentElement.lang = language;
byId('skip').textContent = texts.skip;
show(byId('glance'), h('h1', { id: 'glance-title', class: 'quiet' }, texts.connecting));
renderTop();
connect();
setInterval(() => {
  tick();
  drawLanes();
}, 1000);

function connect() {
  const events = new EventSource('/_console/events');
  let lines = [];
  let isAnew = true;
  on('session', session => {
    isConnected = true;
    // The stream begins anew, and with it the timeline.
    lines = [];
    isAnew = true;
    setSession(session);
  });
  on('document', document => {
    doc = document;
    for (const render of [renderGlance, renderDeployment, renderLanes, renderActions, renderReleases]) {
      render(doc);
    }
    renderNotifications(doc, null);
    renderTimeline(doc);
  });
  on('notifications', list => renderNotifications(doc, list));
  on('timeline', more => lines.push(...more));
  on('reading', read => {
    reading = read;
    if (read.at) {
      setClock(read.at);
    }
    if (lines.length > 0) {
      addTimeline(lines, isAnew);
      lines = [];
      isAnew = false;
    }
    drawLanes();
    renderTop();
  });
  events.addEventListener('error', () => {
    isConnected = false;
    renderTop();
  });

  function on(name, handle) {
    events.addEventListener(name, event => handle(JSON.parse(event.data)));
  }
}

function renderTop() {
  const trouble = !isConnected && reading ? texts.lost : reading?.trouble ? texts.stale(reading.trouble) : null;
  const element = byId('trouble');
  element.hidden = trouble === null;
  if (element.textContent !== trouble) {
    element.textContent = trouble;
  }
  const isLive = trouble === null && reading !== null;
  show(
    byId('top'),
    h('div', { class: 'brand' },
      h('img', { src: '/_console/icon.svg', alt: '', width: 26, height: 26 }),
      h('span', { class: 'name' }, doc?.status.app ?? 'Charlie'),
      doc ? h('span', { class: 'place' }, doc.embedded ? `${texts.embedded} · ${doc.region}` : doc.region) : null),
    h('div', { class: 'meta' },
      h('span', { class: `live ${isLive ? 'is-live' : ''}` },
        h('span', { class: 'pulse', 'aria-hidden': 'true' }),
        isLive ? `${texts.live} · ${texts.readAgo} ` : '',
        isLive && reading.at ? texts.ago(since(new Date(Math.min(now(), Date.parse(reading.at))).toISOString())) : null),
      h('a', { href: other.query, lang: other.lang, hreflang: other.lang }, other.name)));
}
