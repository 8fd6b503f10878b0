import { UNKNOWN_CLIENT } from "@calcom/lib/network";
import type { Secrets } from "@calcom/lib/secrets";
import type { AuthRepository } from "./auth.repository";
import { AuthError } from "./errors";
import type { AttemptLimits } from "./lib/server/attempt-limits";
import { deviceFor, rememberDevice } from "./lib/server/device-cookie";
import { hashNewPassword } from "./lib/server/new-password";
import { parseInput } from "./lib/server/parse-input";
import { hashOfNobody, hashPassword, needsRehash, verifyPassword } from "./lib/server/password";
import { type Asker, requireRoom } from "./lib/server/password-work";
import {
  type AuthUser,
  loginSchema,
  type ProfileInput,
  profileSchema,
  type SignupInput,
  signupSchema,
  type UserRole,
} from "./types";

/** Where an attempt to sign in comes from. */
export interface Origin {
  client: Asker["client"];
  /** The cookie of a browser in which somebody has signed in before. */
  deviceCookie?: string | undefined;
}

export interface SignedIn {
  user: AuthUser;
  session: { id: string; expiresAt: Date };
  /** From now on the browser is known for the account. */
  deviceCookie: string;
}

export interface AuthParts {
  repository: AuthRepository;
  limits: AttemptLimits;
  sessions: {
    open(userId: number, passwordHash: string): Promise<SignedIn["session"] | null>;
  };
  /** The first one signs the cookies of browsers that are known. */
  secrets: () => Secrets;
}

export class AuthService {
  readonly #parts: AuthParts;

  constructor(parts: AuthParts) {
    this.#parts = parts;
  }

  /**
   * Refuses a client without a known browser while the queue for passwords is full. Costs less than `signIn`.
   *
   * @throws AuthError `too_busy`
   */
  requireRoom(client: Asker["client"]): Promise<void> {
    return requireRoom({ client, isKnown: false });
  }

  /**
   * The person whom both belong to, with a new session, else null; unknown address and wrong password take the same
   * time.
   *
   * @param input checked here: it comes from whoever knows the address
   * @throws AuthError `too_many_attempts`, `too_busy`
   */
  async signIn(
    input: unknown,
    { client, deviceCookie }: Origin = { client: UNKNOWN_CLIENT },
  ): Promise<SignedIn | null> {
    const { data: credentials } = loginSchema.safeParse(input);
    if (credentials === undefined) return null;
    const { email, password } = credentials;
    const { repository, limits, sessions, secrets } = this.#parts;

    const device = deviceFor(email, deviceCookie, secrets());
    const asker = { client, isKnown: device !== null };
    await requireRoom(asker);
    await limits.countLogin({ email, client, device });
    const found = await repository.findCredentials(email);
    const isRight = await verifyPassword(password, found?.passwordHash ?? hashOfNobody(), asker);
    if (found === null || !isRight) return null;

    await limits.forgiveLogin({ email, client, device });
    const passwordHash = await this.#renewHash(found, password, asker);
    const session = await sessions.open(found.user.id, passwordHash);
    if (session === null) return null;
    return { user: found.user, session, deviceCookie: rememberDevice(email, deviceCookie, secrets()) };
  }

  /** @throws AuthError `invalid_input` or `email_taken` at their field, `too_many_attempts`, `too_busy` */
  async signUp(input: SignupInput, client: Asker["client"] = UNKNOWN_CLIENT): Promise<AuthUser> {
    const values = parseInput(signupSchema, input);
    const asker = { client, isKnown: false };
    await requireRoom(asker);
    this.#parts.limits.countSignup(client);
    return this.#create(values, "USER", asker);
  }

  /** Only for the command line: nothing that a browser can reach makes an administrator. */
  async createAdmin(input: SignupInput): Promise<AuthUser> {
    return this.#create(parseInput(signupSchema, input), "ADMIN");
  }

  /** Null if the account was deleted since the session began. */
  async getUser(id: number): Promise<AuthUser | null> {
    return this.#parts.repository.findById(id);
  }

  /**
   * Reads the role now: whoever was demoted a moment ago is refused.
   *
   * @throws AuthError `not_signed_in` or `not_allowed`
   */
  async requireAdmin(userId: number | null): Promise<AuthUser> {
    const user = userId === null ? null : await this.#parts.repository.findById(userId);
    if (user === null) throw new AuthError("not_signed_in", "Sign in to do this.");
    if (user.role !== "ADMIN") {
      throw new AuthError(
        "not_allowed",
        "Only app administrators can do this. Ask one of them for the role.",
      );
    }
    return user;
  }

  async updateProfile(userId: number, input: ProfileInput): Promise<void> {
    await this.#parts.repository.rename(userId, parseInput(profileSchema, input).name);
  }

  async #create({ name, email, password }: SignupInput, role: UserRole, asker?: Asker): Promise<AuthUser> {
    const passwordHash = await hashNewPassword(password, { name, email }, asker);
    return this.#parts.repository.create({ name, email, role, passwordHash });
  }

  /** Stores the password anew where its hash was made at another cost. */
  async #renewHash(
    { user, passwordHash }: { user: AuthUser; passwordHash: string },
    password: string,
    asker: Asker,
  ): Promise<string> {
    if (!needsRehash(passwordHash)) return passwordHash;
    const renewed = await hashPassword(password, asker);
    await this.#parts.repository.updatePasswordHash(user.id, { from: passwordHash, to: renewed });
    return renewed;
  }
}
