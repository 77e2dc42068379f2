// What Akin's page does beyond HTML. The server renders every view, and every view works without this file.
// The files are one module, app.js, in the order of PageRoutes.script: small things and what replaces parts of the page,
// answers while you type, papers that are selected and changed, keys, files that are added.
//
// HTML comes from our own server alone, where all texts of papers are escaped. Everything else is set as text.

const byId = id => document.getElementById(id);
const form = byId('ask');
const box = byId('q');
const results = byId('results');

document.documentElement.classList.add('scripted');

// MARK: Small things

function remembered(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, value);
  } catch { /* A browser that stores nothing forgets the choice with the page. */ }
}

function parsed(html) { return new DOMParser().parseFromString(html, 'text/html'); }

/** Tells readers of the screen's text; sighted readers see it elsewhere. */
function announce(text) { byId('status').textContent = text; }

/** Shows a remark at the top of the page. */
function notify(text) {
  const notice = byId('notice');
  notice.textContent = text;
  notice.hidden = !text;
  if (text) announce(text);
}

function isWritten(element) {
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement
    || (element instanceof HTMLInputElement && !['checkbox', 'radio', 'submit', 'button'].includes(element.type));
}

/** The address of this page without its fragment. */
function here() { return location.pathname + location.search; }

// MARK: Theme

const themes = ['auto', 'light', 'dark'];

function showTheme(theme) {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  byId('theme').textContent = `Theme: ${theme}`;
}

function currentTheme() {
  const theme = remembered('akin-theme');
  return themes.includes(theme) ? theme : 'auto';
}

showTheme(currentTheme());
byId('theme').addEventListener('click', () => {
  const theme = themes[(themes.indexOf(currentTheme()) + 1) % themes.length];
  remember('akin-theme', theme === 'auto' ? null : theme);
  showTheme(theme);
});

// MARK: Replacing a part of the page

/** A selector that finds the same thing in a new rendering; null if there is none. */
function selectorOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const card = element.closest('.card');
  if (card) {
    const part = element.dataset.deed ? `[data-deed="${element.dataset.deed}"]`
      : element.matches('input[name="id"]') ? 'input[name="id"]' : '.title';
    return `[data-id="${CSS.escape(card.dataset.id)}"] ${part}`;
  }
  if (!element.name) return null;
  const name = `[name="${CSS.escape(element.name)}"]`;
  return isWritten(element) ? name : `${name}[value="${CSS.escape(element.value)}"]`;
}

/** Puts new contents into a part of the page; what is open, selected and focused stays so where it is still there. */
function replaceContents(part, source) {
  const open = [...part.querySelectorAll('details[id][open]')].map(details => details.id);
  const chosen = new Set(chosenBoxes().map(checkbox => checkbox.value));
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const selector = focused && selectorOf(focused);
  part.replaceChildren(...source.childNodes);
  for (const id of open) byId(id)?.setAttribute('open', '');
  for (const checkbox of cardBoxes()) checkbox.checked = chosen.has(checkbox.value);
  prepare();
  if (focused) {
    const same = selector && part.querySelector(selector);
    (same || part.querySelector('h2[tabindex]') || byId('main')).focus({ preventScroll: true });
  }
}

/** Sets what depends on the window and on selections, after each rendering. */
function prepare() {
  const filters = byId('filters');
  if (filters && wide.matches) filters.open = true;
  showChosen();
  refreshLater();
}

const wide = window.matchMedia('(min-width: 56.01rem)');
wide.addEventListener('change', () => {
  const filters = byId('filters');
  if (filters) filters.open = wide.matches;
});
