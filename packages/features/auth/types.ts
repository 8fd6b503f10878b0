import { emailText, text, trimmedText } from "@calcom/lib/gate/text";
import { z } from "zod";

export type UserRole = "USER" | "ADMIN";

/** A person as the database has them now, never as a session remembers them. */
export interface AuthUser {
  id: number;
  name: string;
  email: string;
  role: UserRole;
}

const MAX_EMAIL_CHARS = 254;
const MAX_PASSWORD_CHARS = 200;

export const MIN_PASSWORD_CHARS = 10;

export const emailSchema = emailText(MAX_EMAIL_CHARS, {
  missing: "Type your email address.",
  tooLong: "This is too long for an email address.",
  malformed: "This is not an email address. It looks like ada@example.com.",
});

const nameSchema = trimmedText(100, "Use at most 100 characters.").min(1, "Type your name.");

const newPasswordSchema = text(MAX_PASSWORD_CHARS, `Use at most ${MAX_PASSWORD_CHARS} characters.`).min(
  MIN_PASSWORD_CHARS,
  `Use at least ${MIN_PASSWORD_CHARS} characters.`,
);

/** Only checks what is needed to try: an old password may be shorter than a new one must be. */
export const loginSchema = z.object({
  email: emailSchema,
  password: text(MAX_PASSWORD_CHARS, `Use at most ${MAX_PASSWORD_CHARS} characters.`).min(
    1,
    "Type your password.",
  ),
});
export type LoginInput = z.infer<typeof loginSchema>;

export const signupSchema = z
  .object({ name: nameSchema, email: emailSchema, password: newPasswordSchema })
  .refine(({ email, password }) => password.toLowerCase() !== email, {
    path: ["password"],
    message: "Choose a password that is not your email address.",
  });
export type SignupInput = z.infer<typeof signupSchema>;

export const profileSchema = z.object({ name: nameSchema });
export type ProfileInput = z.infer<typeof profileSchema>;
