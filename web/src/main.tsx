/** Starts the page. */
import { createRoot } from "react-dom/client";
import { App } from "./app";
import "./ui/theme.css";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
