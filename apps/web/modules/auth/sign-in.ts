import { signIn } from "next-auth/react";

export type SignInOutcome = "signed_in" | "wrong" | "too_many_attempts" | "too_busy" | "unavailable";

/** Never leaves the page and never throws: the form tells how it went. */
export async function signInWithPassword(email: string, password: string): Promise<SignInOutcome> {
  try {
    const result = await signIn("credentials", { email, password, redirect: false });
    if (result?.ok && !result.error) return "signed_in";
    if (result?.error === "CredentialsSignin") return "wrong";
    if (result?.error === "too_many_attempts" || result?.error === "too_busy") return result.error;
    return "unavailable";
  } catch {
    // The connection failed: the outcome says so, and next-auth has no more to tell.
    return "unavailable";
  }
}
