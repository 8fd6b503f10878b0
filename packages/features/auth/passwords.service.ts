import { createHash, randomBytes } from "node:crypto";
import { logger } from "@calcom/lib/logger";
import type { Client } from "@calcom/lib/network";
import { outsideRequest } from "@calcom/lib/outside-request";
import { strike } from "@calcom/lib/strike";
import { AuthError } from "./errors";
import type { AttemptLimits } from "./lib/server/attempt-limits";
import type { Mail, Mailer } from "./lib/server/mailer";
import { hashNewPassword } from "./lib/server/new-password";
import { parseInput } from "./lib/server/parse-input";
import { verifyPassword } from "./lib/server/password";
import { type Asker, requireRoom } from "./lib/server/password-work";
import type { Holder, PasswordsRepository } from "./passwords.repository";
import { passwordChangeSchema, resetRequestSchema, resetSchema } from "./types";

export interface PasswordsParts {
  repository: PasswordsRepository;
  limits: AttemptLimits;
  /** Called when sessions of a person have ended. */
  forget: (userId: number) => void;
  /** Null where no mail can be sent. */
  mailer: () => Mailer | null;
  /** The address of the page that takes a token behind its `#`, which no server is sent. */
  resetPage: () => string;
}

/**
 * Writes the mail, in the language of whoever asked for it. It does not say to whom: anybody may have signed up with
 * that address, under any name.
 */
export type ResetLetter = (link: string) => Pick<Mail, "subject" | "text">;

/** Mails that are being sent at once; a server for mails that hangs must not hold more. */
const MAX_UNDER_WAY = 20;

export class PasswordsService {
  readonly #parts: PasswordsParts;
  readonly #underWay = new Set<Promise<void>>();

  constructor(parts: PasswordsParts) {
    this.#parts = parts;
  }

  /** Whether links can be sent. */
  get sendsMail(): boolean {
    return this.#parts.mailer() !== null;
  }

  /**
   * Replaces the password of somebody who is signed in, and ends all their other sessions.
   *
   * @throws AuthError `invalid_input` or `wrong_password` at their field, `too_many_attempts`, `too_busy`
   */
  async change(person: Holder & { sessionId: string }, input: unknown, client: Client): Promise<void> {
    const { current, password } = parseInput(passwordChangeSchema, input);
    const { repository, limits, forget } = this.#parts;
    const asker: Asker = { client, isKnown: true };
    await requireRoom(asker);
    await limits.countPassword(person.userId);
    const from = await repository.findHash(person.userId);
    if (from === null || !(await verifyPassword(current, from, asker))) throw wrongPassword();
    await limits.forgivePassword(person.userId);
    const to = await hashNewPassword(password, person, asker);
    if (!(await repository.change(person.userId, { from, to }, person.sessionId))) throw wrongPassword();
    forget(person.userId);
  }

  /**
   * Sends a link to whoever has this address. Nothing of it is waited for: the answer is the same, and as soon, where
   * nobody has it.
   *
   * @throws AuthError `invalid_input`, `no_mail`, `too_many_attempts`, `too_busy`
   */
  requestReset(input: unknown, client: Client, letter: ResetLetter): void {
    const { email } = parseInput(resetRequestSchema, input);
    const mailer = this.#parts.mailer();
    if (mailer === null)
      throw new AuthError("no_mail", "This server doesn’t send email. Contact its administrator.");
    this.#parts.limits.countReset(email, client);
    if (this.#underWay.size >= MAX_UNDER_WAY) {
      strike("auth.mails_at_once");
      throw new AuthError("too_busy", "Too many emails are being sent right now. Try again in a minute.", {
        details: { retryAfterSeconds: 60 },
      });
    }
    const sending = outsideRequest(() => this.#send(email, mailer, letter))
      .catch((error: unknown) => logger.error("A link for a new password was not sent", { error }))
      .finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  /**
   * Replaces the password by a link, once, and ends all sessions.
   *
   * @returns whose it was
   * @throws AuthError `link_used`, `invalid_input` at the field `password`, `too_busy`
   */
  async reset(input: unknown, client: Client): Promise<{ email: string }> {
    const { token, password } = parseInput(resetSchema, input);
    const { repository, forget } = this.#parts;
    const tokenHash = hashOf(token);
    const holder = await repository.findReset(tokenHash);
    if (holder === null) throw linkUsed();
    const asker: Asker = { client, isKnown: true };
    await requireRoom(asker);
    const passwordHash = await hashNewPassword(password, holder, asker);
    if (!(await repository.redeemReset(tokenHash, passwordHash))) throw linkUsed();
    forget(holder.userId);
    return { email: holder.email };
  }

  /** Resolves when nothing is being sent. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #send(email: string, mailer: Mailer, letter: ResetLetter): Promise<void> {
    const token = randomBytes(32).toString("base64url");
    const holder = await this.#parts.repository.addReset(email, hashOf(token));
    if (holder === null) return;
    await mailer.send({ to: email, ...letter(`${this.#parts.resetPage()}#${token}`) });
  }
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

function wrongPassword(): AuthError {
  return new AuthError("wrong_password", "This isn’t your password.", { field: "current" });
}

function linkUsed(): AuthError {
  return new AuthError(
    "link_used",
    "This link was already used, or is older than 30 minutes. Request another one.",
  );
}
