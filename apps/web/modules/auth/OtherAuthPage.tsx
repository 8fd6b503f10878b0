import Link from "next/link";

export interface OtherAuthPageProps {
  path: "/login" | "/signup";
  callbackUrl: string | null;
  question: string;
  label: string;
}

/** From signing in to signing up and back, without losing where somebody was going. */
export function OtherAuthPage({ path, callbackUrl, question, label }: OtherAuthPageProps) {
  const query = callbackUrl === null ? "" : `?${new URLSearchParams({ callbackUrl })}`;
  return (
    <p className="text-dense text-muted-foreground">
      {question}{" "}
      <Link href={`${path}${query}`} className="text-primary underline underline-offset-4">
        {label}
      </Link>
    </p>
  );
}
