export type { AuthErrorCode } from "./errors";
export {
  type AuthUser,
  emailSchema,
  type LoginInput,
  loginSchema,
  MIN_PASSWORD_CHARS,
  type ProfileInput,
  profileSchema,
  type SignupInput,
  signupSchema,
  type UserRole,
} from "./types";
