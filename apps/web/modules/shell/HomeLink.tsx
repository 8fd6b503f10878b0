import Link from "next/link";
import { Logo } from "./Logo";

/** The logo, from wherever nobody is signed in to the landing page. */
export function HomeLink({ label }: { label: string }) {
  return (
    // The proxy answers each prefetch of the static page by another path, and the router would ask for ever.
    <Link href="/" prefetch={false} aria-label={label} className="flex rounded-md pointer-coarse:py-3">
      <Logo />
    </Link>
  );
}
