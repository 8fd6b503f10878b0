import { Button } from "@calcom/ui";

export function SignInButton({ label, size = "default" }: { label: string; size?: "default" | "sm" }) {
  return (
    <Button asChild variant="outline" size={size}>
      {/* Under another root layout, which is loaded whole: a Link would ask in vain first. */}
      <a href="/login">{label}</a>
    </Button>
  );
}
