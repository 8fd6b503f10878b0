import { Button } from "@calcom/ui";
import Link from "next/link";
import type { ReactNode } from "react";

export interface MessagePageProps {
  /** The HTTP status, or what else somebody would quote when they report it. */
  status: string;
  title: string;
  description: string;
  link: { href: string; label: string };
  action?: ReactNode;
}

/** What stands where a page cannot, and begins where its title would: what happened, and where to go now. */
export function MessagePage({ status, title, description, link, action }: MessagePageProps) {
  return (
    <div className="flex w-full max-w-form flex-col gap-2">
      <p className="font-mono text-dense text-muted-foreground">{status}</p>
      <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
      <p className="max-w-prose text-pretty text-muted-foreground">{description}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        {action}
        <Button asChild variant="outline">
          <Link href={link.href} prefetch={false}>
            {link.label}
          </Link>
        </Button>
      </div>
    </div>
  );
}
