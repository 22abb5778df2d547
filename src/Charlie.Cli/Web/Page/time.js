// Times and ages as a person reads them. The clock is the server's: a browser's own may be wrong.

import { h } from './dom.js';
import { language } from './texts.js';

let offset = 0;

const clockFormat = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const dayFormat = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });

export function setClock(at) {
  offset = Date.parse(at) - Date.now();
}

export function now() {
  return Date.now() + offset;
}

/** A duration in its two largest units. */
export function age(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first < 0) {
    return '0 s';
  }
  const [name, size] = units[first];
  const rest = units[first + 1];
  const more = rest ? Math.floor((seconds % size) / rest[1]) : 0;
  return `${Math.floor(seconds / size)} ${name}${more > 0 ? ` ${more} ${rest[0]}` : ''}`;
}

/** A time of day in the browser's zone, with its day where it is another one. */
export function clock(at) {
  const time = new Date(at);
  const isToday = time.toDateString() === new Date(now()).toDateString();
  return (isToday ? '' : `${dayFormat.format(time)} `) + clockFormat.format(time);
}

/** How long ago something was; it goes on counting. */
export function since(at) {
  return h('time', { datetime: at, title: at, 'data-since': at }, age(now() - Date.parse(at)));
}

/** How long something takes still; it goes on counting. */
export function left(at) {
  return h('time', { datetime: at, title: at, 'data-until': at }, age(Date.parse(at) - now()));
}

/** A time of day with the whole time, in UTC, behind it. */
export function moment(at) {
  return h('time', { datetime: at, title: at }, clock(at));
}

/** Lets every age on the page count. */
export function tick() {
  for (const element of document.querySelectorAll('[data-since]')) {
    element.textContent = age(now() - Date.parse(element.dataset.since));
  }
  for (const element of document.querySelectorAll('[data-until]')) {
    element.textContent = age(Date.parse(element.dataset.until) - now());
  }
}
