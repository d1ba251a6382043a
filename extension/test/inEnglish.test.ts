import assert from "node:assert/strict";
import { test } from "node:test";
import { inEnglish } from "../src/common/text/inEnglish.js";

test("what only asks is put into English, and what is asked about stays", () => {
  const asked: readonly (readonly [string, string])[] = [
    ["Was hat sich letzte Woche geändert?", "what has last week changed?"],
    ["wer hat lib/response.js zuletzt geändert?", "who has lib/response.js last changed?"],
    ["Warum wurde die Warteschlange entfernt?", "why was the Warteschlange removed?"],
    ["Änderungen vor drei Wochen", "changes 3 weeks ago"],
    ["was ist neu in 5.1.0? und seit gestern", "what is new in 5.1.0? and since yesterday"],
    ["qui a modifié httpx/_client.py en dernier ?", "who has changed httpx/_client.py last ?"],
    ["qu'est-ce qui a changé la semaine dernière ?", "what has changed the last week ?"],
    ["derniers commits de Yarrow Oakhanger", "last commits of Yarrow Oakhanger"],
    ["¿quién cambió httpx/_client.py por última vez?", "who changed httpx/_client.py last?"],
    ["¿qué cambios hubo en marzo de 2021?", "what changes hubo in March of 2021?"],
    ["¿por qué se eliminó rfc3986 ayer?", "why removed rfc3986 yesterday?"],
  ];
  for (const [question, english] of asked) assert.equal(inEnglish(question), english, question);
});

test("English questions, names and long texts are left alone", () => {
  for (const question of [
    "what changed last week?",
    "who was at war with the queue",
    "die handler on SIGTERM",
    "fix: change de.json and fr.json",
    "`wer` is a variable",
    `wer ${"x".repeat(400)}`,
    "",
  ]) {
    assert.equal(inEnglish(question), undefined, question);
  }
});
