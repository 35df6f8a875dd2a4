// Listeners bound to data attributes; loaded on every page. Each module stands alone, adds
// comfort to a page that works without it, and is silent where its attribute is absent.

import "./chips.js";
import "./choices.js";
import "./copy.js";
import "./countdown.js";
import "./counts.js";
import "./dialogs.js";
import "./drafts.js";
import "./files.js";
import "./findings.js";
import "./fixes.js";
import "./focus.js";
import "./keys.js";
import "./live.js";
import "./look.js";
import "./menus.js";
import "./once.js";
import "./print.js";
import "./sign-in.js";
import "./submit-on-change.js";
import "./suggest.js";
import "./toasts.js";
