import "next-auth";
import "next-auth/jwt";

declare module "next-auth" {
  interface Session {
    user: { id: number; name: string; email: string };
  }

  interface User {
    /** The session that signing in has begun. */
    session: { id: string; expiresAt: Date };
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    /** The id of the session. Tokens of versions before have none. */
    sid?: string;
    /** When the session ends, in seconds since 1970. */
    ends?: number;
    jti?: string;
    exp?: number;
  }
}
