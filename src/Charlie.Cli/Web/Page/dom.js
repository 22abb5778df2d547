// Makes elements. Text is always text: nothing here is read as HTML.

const svgNamespace = 'http://www.w3.org/2000/svg';

/** An element with attributes, listeners (onclick) and children; null children are left out. */
export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same for SVG. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(svgNamespace, name), attributes, children);
}

export function byId(id) {
  return document.getElementById(id);
}

/** Replaces what an element holds, and shows it. */
export function show(element, ...children) {
  element.hidden = false;
  element.replaceChildren(...children.flat().filter(child => child !== null && child !== undefined));
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}
