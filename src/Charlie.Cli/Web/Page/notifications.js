// The notifications as they were sent, the newest first.

import { byId, h, show } from './dom.js';
import { moreButton } from './parts.js';
import { texts } from './texts.js';
import { moment } from './time.js';

const firstRows = 5;
const moreRows = 50;

let sent = [];
let rows = firstRows;
let isDrawn = false;

/** @param list the notifications; null where only the document changed. */
export function renderNotifications(doc, list) {
  if (doc === null || (list === null && isDrawn)) {
    sent = list ?? sent;
    return;
  }
  sent = list ?? sent;
  isDrawn = true;
  const section = byId('notifications');
  const open = new Set([...section.querySelectorAll('details[open]')].map(details => details.dataset.key));
  show(
    section,
    h('div', { class: 'head' }, h('h2', { id: 'notifications-title' }, texts.notifications)),
    doc.embedded === null ? h('p', { class: 'note' }, texts.sentTo(doc.topic))
      : sent.length === 0 ? h('p', { class: 'note' }, texts.noNotifications)
        : h('ul', { class: 'mails' }, sent.slice(0, rows).map(one => mail(one, open))),
    moreButton(sent.length - rows, () => {
      rows += moreRows;
      renderNotifications(doc, sent);
    }));
}

function mail(one, open) {
  const key = `${one.at} ${one.subject}`;
  return h('li', {}, h('details', { 'data-key': key, open: open.has(key) },
    h('summary', {}, h('span', { class: 'subject' }, one.subject), moment(one.at)),
    h('pre', {}, one.text)));
}
