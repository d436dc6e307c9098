/** Starts the page. */
import { createRoot } from "react-dom/client";
import { takeKey } from "./api/key";
import { App } from "./app";
import "./ui/theme.css";

takeKey();
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
