/** The theme of the document: what was chosen, else what the system wishes. */
import { viewStore, type ViewState } from "../state/view";

/** Keeps document and store of one theme, until the returned function is called. */
export function followTheme(): () => void {
  const light = matchMedia("(prefers-color-scheme: light)");
  const wish = () => viewStore.setState({ systemTheme: light.matches ? "light" : "dark" });
  const show = ({ theme, systemTheme }: ViewState) => {
    document.documentElement.dataset.theme = theme ?? systemTheme;
  };
  wish();
  show(viewStore.getState());
  light.addEventListener("change", wish);
  const end = viewStore.subscribe(show);
  return () => {
    light.removeEventListener("change", wish);
    end();
  };
}
