/**
 * Sets the theme before anything is painted, as next-themes would. It is the same text on every page, so that a policy
 * can name it by its hash. Where the browser forbids storage, the theme is the system's.
 */
export const THEME_SCRIPT = `(() => {
  let theme = "system";
  try { theme = localStorage.getItem("theme") || theme; } catch {}
  if (theme !== "light" && theme !== "dark")
    theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.classList.add(theme);
  document.documentElement.style.colorScheme = theme;
})()`;
