import { AuthError } from "../../errors";
import { hashPassword } from "./password";
import { isGuessable } from "./password-strength";
import type { Asker } from "./password-work";

/**
 * Hashes a password that somebody has chosen. It is judged last: that takes the thread which answers everybody, and the
 * queue of hashes keeps it rare.
 *
 * @throws AuthError `invalid_input` at the field `password` where it is easy to guess, `too_busy`
 */
export async function hashNewPassword(
  password: string,
  { name, email }: { name: string; email: string },
  asker?: Asker,
): Promise<string> {
  const hash = await hashPassword(password, asker);
  if (await isGuessable(password, [name, email]))
    throw new AuthError(
      "invalid_input",
      "This password is easy to guess. Use a longer one, made of unrelated words.",
      { field: "password" },
    );
  return hash;
}
