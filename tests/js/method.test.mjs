/* The search of the method page without a browser. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { matches, wordsOf } from "../../assets/modules/method/words.mjs";

test("an entry is found by all its words in any order, whatever their case and accents", () => {
  const entry = "Låg ekonomisk standard, barn";
  assert.ok(matches(entry, wordsOf("  BARN lag ")));
  assert.ok(matches(entry, wordsOf("stand")));
  assert.ok(!matches(entry, wordsOf("barn lön")));
});

test("who looks for nothing finds everything", () => {
  assert.deepEqual(wordsOf(null), []);
  assert.ok(matches("entry", wordsOf(" ")));
});
