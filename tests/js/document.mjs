/* As much of a browser's document as a table is made of. */

class Element {
  constructor(tag) {
    Object.assign(this, { tag, attributes: {}, children: [], listeners: {}, scrollTop: 0, clientHeight: 0 });
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  append(...children) {
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = children;
  }

  addEventListener(type, act) {
    this.listeners[type] = act;
  }

  click() {
    this.listeners.click();
  }

  focus() {
    globalThis.document.activeElement = this;
  }

  get textContent() {
    return this.children.map((child) => child.textContent ?? child).join("");
  }

  set textContent(text) {
    this.children = [text];
  }

  all(tag) {
    const own = this.tag === tag ? [this] : [];
    return [...own, ...this.children.flatMap((child) => child.all?.(tag) ?? [])];
  }
}

globalThis.document = { activeElement: null, createElement: (tag) => new Element(tag) };
globalThis.window = { innerHeight: 800 };
