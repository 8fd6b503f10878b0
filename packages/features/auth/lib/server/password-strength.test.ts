import { expect, test } from "vitest";
import { isGuessable } from "./password-strength";

const ADA = ["Ada Lovelace", "ada@example.com"];

test.each([
  "password123",
  "Passwort2024",
  "P@ssw0rd1234",
  "1234567890",
  "qwertzuiop",
  "sommersonne",
  "iloveyou2024",
  "AdaLovelace12",
  "ada@example.com1",
  "aaaaaaaaaaaaaaaaaaaa",
  "calcom2024",
])("%s is guessed soon", async (password) => {
  expect(await isGuessable(password, ADA)).toBe(true);
});

test.each([
  "correct horse battery",
  "quiet-otter-builds-42",
  "xK9#mQ2$vLq7",
  "Regenschirm tanzt Dienstag",
  "żółta łódź płynie 7",
  "日本語の長いパスワード",
])("%s is not", async (password) => {
  expect(await isGuessable(password, ADA)).toBe(false);
});

test("what somebody types takes no time to speak of, however long it is", async () => {
  await isGuessable("warm", []);
  const began = performance.now();
  for (const password of [
    "a".repeat(200),
    "ab1!".repeat(50),
    "password".repeat(25),
    "(".repeat(200),
    "Tr0ub4dor&3xK9#mQ2$vLq7P@ssw0rd",
  ])
    await isGuessable(password, ADA);
  expect(performance.now() - began).toBeLessThan(10_000);
});
