/** Values as they are shown and copied: broken, so that nobody follows them by mistake. */
import { graphStore } from "../state/graph";

/** Dots of names, addresses and schemes are broken; texts with spaces stay as they are. */
export function defanged(text: string): string {
  if (graphStore.getState().live || /\s/.test(text)) return text;
  if (!/^[^/]*[\p{L}\p{N}-]\.[\p{L}\p{N}-]+|^https?:/iu.test(text)) return text;
  const [head = "", ...rest] = text.replace(/^http/i, "hxxp").split(/(?<=[^/:])(?=\/)/);
  return head.replace(/\.([^.]*)$/, "[.]$1").replace("@", "[@]") + rest.join("");
}
