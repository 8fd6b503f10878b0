import { refusalOf } from "@calcom/lib/sentence";
import type { z } from "zod";
import type { AuthRepository } from "./auth.repository";
import { AuthError } from "./errors";
import type { AttemptLimits } from "./lib/server/attempt-limits";
import { hashOfNobody, hashPassword, needsRehash, verifyPassword } from "./lib/server/password";
import {
  type AuthUser,
  loginSchema,
  type ProfileInput,
  profileSchema,
  type SignupInput,
  signupSchema,
  type UserRole,
} from "./types";

export class AuthService {
  readonly #repository: AuthRepository;
  readonly #limits: AttemptLimits;

  constructor(repository: AuthRepository, limits: AttemptLimits) {
    this.#repository = repository;
    this.#limits = limits;
  }

  /**
   * The person whom both belong to, else null; unknown address and wrong password take the same time.
   *
   * @param input checked here: it comes from whoever knows the address
   * @throws AuthError `too_many_attempts`
   */
  async signIn(input: unknown, address: string | null): Promise<AuthUser | null> {
    const { data: credentials } = loginSchema.safeParse(input);
    if (credentials === undefined) return null;
    const { email, password } = credentials;

    await this.#limits.countLogin(email, address);
    const found = await this.#repository.findCredentials(email);
    const isRight = await verifyPassword(password, found?.passwordHash ?? hashOfNobody());
    if (found === null || !isRight) return null;

    await this.#limits.forgiveLogin(email, address);
    if (needsRehash(found.passwordHash)) {
      await this.#repository.updatePasswordHash(found.user.id, await hashPassword(password));
    }
    return found.user;
  }

  /** @throws AuthError `invalid_input` or `email_taken` at their field, `too_many_attempts` */
  async signUp(input: SignupInput, address: string | null): Promise<AuthUser> {
    const values = parse(signupSchema, input);
    await this.#limits.countSignup(address);
    return this.#create(values, "USER");
  }

  /** Only for the command line: nothing that a browser can reach makes an administrator. */
  async createAdmin(input: SignupInput): Promise<AuthUser> {
    return this.#create(parse(signupSchema, input), "ADMIN");
  }

  /** Null if the account was deleted since the session began. */
  async getUser(id: number): Promise<AuthUser | null> {
    return this.#repository.findById(id);
  }

  /**
   * Reads the role now: whoever was demoted a moment ago is refused.
   *
   * @throws AuthError `not_signed_in` or `not_allowed`
   */
  async requireAdmin(userId: number | null): Promise<AuthUser> {
    const user = userId === null ? null : await this.#repository.findById(userId);
    if (user === null) throw new AuthError("not_signed_in", "Sign in to do this.");
    if (user.role !== "ADMIN") {
      throw new AuthError("not_allowed", "Only administrators may do this. Ask one of yours for the role.");
    }
    return user;
  }

  async updateProfile(userId: number, input: ProfileInput): Promise<void> {
    await this.#repository.rename(userId, parse(profileSchema, input).name);
  }

  async #create({ name, email, password }: SignupInput, role: UserRole): Promise<AuthUser> {
    return this.#repository.create({ name, email, role, passwordHash: await hashPassword(password) });
  }
}

/** @throws AuthError `invalid_input` that names the first field that is wrong */
function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const refusal = issue ? refusalOf(issue) : { message: "Check what you typed." };
  throw new AuthError("invalid_input", refusal.sentence ?? refusal.message, {
    field: issue?.path.join("."),
    cause: result.error,
  });
}
