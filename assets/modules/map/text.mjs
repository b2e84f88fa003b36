/* Words and numbers as people read them, from what the page carries. */

export class Speaker {
  constructor(words, locale) {
    this.words = words;
    this.locale = locale;
  }

  say(name, parts = {}) {
    return this.words[name].replace(/\{(\w+)\}/g, (_, part) => parts[part]);
  }

  count(n) {
    return new Intl.NumberFormat(this.locale).format(n);
  }

  areas(n) {
    return `${this.count(n)} ${this.say(n === 1 ? "one_area" : "areas")}`;
  }

  /* A value in the server's pattern; the reason where there is none. */
  value(view, index) {
    const whole = view.values[index];
    if (whole === null || whole === undefined) {
      return this.reason(view, index);
    }
    const { decimals, pattern, categories, signed } = view.format;
    const named = categories[String(whole / view.scale)];
    if (named) {
      return named;
    }
    const number = new Intl.NumberFormat(this.locale, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      signDisplay: signed ? "exceptZero" : "negative",
    }).format(whole / view.scale);
    return pattern.replace("{}", number.replace("-", "\u2212"));
  }

  reason(view, index) {
    const found = Object.entries(view.reasons).find(([, places]) => places.includes(index));
    const word = found && view.reason_words[found[0]];
    return word ? `${this.words.no_value} (${word})` : this.words.no_value;
  }
}
