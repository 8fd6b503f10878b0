import Link from "next/link";

export function BackToSignIn({ label }: { label: string }) {
  return (
    <p className="text-dense">
      <Link href="/login" className="text-primary underline underline-offset-4">
        {label}
      </Link>
    </p>
  );
}
