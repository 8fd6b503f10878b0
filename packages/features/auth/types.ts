import { emailSchema, text, trimmedText } from "@calcom/lib/gate/text";
import { z } from "zod";

export type UserRole = "USER" | "ADMIN";

/** A person as the database has them now, never as a session remembers them. */
export interface AuthUser {
  id: number;
  name: string;
  email: string;
  role: UserRole;
}

const MAX_PASSWORD_CHARS = 200;

export const MIN_PASSWORD_CHARS = 10;

export { emailSchema };

const nameSchema = trimmedText(100, "Use at most 100 characters.").min(1, "Enter your name.");

const newPassword = text(MAX_PASSWORD_CHARS, `Use at most ${MAX_PASSWORD_CHARS} characters.`).min(
  MIN_PASSWORD_CHARS,
  `Use at least ${MIN_PASSWORD_CHARS} characters.`,
);

/** Only checks what is needed to try: an old password may be shorter than a new one must be. */
export const loginSchema = z.object({
  email: emailSchema,
  password: text(MAX_PASSWORD_CHARS, `Use at most ${MAX_PASSWORD_CHARS} characters.`).min(
    1,
    "Enter your password.",
  ),
});
export type LoginInput = z.infer<typeof loginSchema>;

export const newPasswordSchema = z.object({ password: newPassword });
export type WantedPassword = z.infer<typeof newPasswordSchema>;

/** The password that somebody has, and the one that they want. */
export const passwordChangeSchema = newPasswordSchema.extend({
  current: text(MAX_PASSWORD_CHARS, "This isn’t your password.").min(1, "Enter your password."),
});
export type PasswordChangeInput = z.infer<typeof passwordChangeSchema>;

/** To whom a link is sent. */
export const resetRequestSchema = z.object({ email: emailSchema });
export type ResetRequestInput = z.infer<typeof resetRequestSchema>;

/** By a link that was sent. */
export const resetSchema = newPasswordSchema.extend({ token: text(100) });
export type ResetInput = z.infer<typeof resetSchema>;

export const signupSchema = z
  .object({ name: nameSchema, email: emailSchema, password: newPassword })
  .refine(({ email, password }) => password.toLowerCase() !== email, {
    path: ["password"],
    message: "Choose a password that isn’t your email address.",
  });
export type SignupInput = z.infer<typeof signupSchema>;

export const profileSchema = z.object({ name: nameSchema });
export type ProfileInput = z.infer<typeof profileSchema>;
