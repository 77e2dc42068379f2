// What Akin's page does beyond HTML. The server renders every view, and every view works without this file.
// Here: answers while you type, changes without a reload, keys, and progress.
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

// MARK: Asking

let request = new AbortController();
/** The address whose answer is shown. */
let shown = here();
/** Whether the history's entry is of words that are still being written: the next letters replace it. */
let isWriting = false;

/** The address of what the form says, without what is empty or usual. */
function addressOfForm() {
  const parameters = new URLSearchParams();
  const years = { from: '', to: '' };
  for (const [name, value] of new FormData(form)) {
    const text = value.trim();
    if (!text || (name === 'sort' && form.elements.sort.selectedIndex === 0)) continue;
    if (name in years) years[name] = text; else parameters.append(name, text);
  }
  if (years.from || years.to) {
    parameters.append('year', years.from === years.to ? years.from : `${years.from}..${years.to}`);
  }
  const query = parameters.toString();
  return query ? `${form.getAttribute('action')}?${query}` : form.getAttribute('action');
}

function partAddress(address, part) {
  return `${address}${address.includes('?') ? '&' : '?'}part=${part}`;
}

/** Fetches HTML of our server; a refusal becomes an error with the server's words. */
async function fetchHTML(address, options) {
  const response = await fetch(address, { ...options, headers: { Accept: 'text/html' }, credentials: 'same-origin' });
  const html = await response.text();
  if (response.ok) return html;
  const words = parsed(html).querySelector('[data-error]')?.textContent.trim();
  throw new Error(words || `The server refused: ${response.status} ${response.statusText}`);
}

/**
 * Shows the answer at an address.
 *
 * @param {string} address
 * @param {'push' | 'replace' | 'keep'} entry What becomes of the history.
 * @param {'top' | 'stay'} scroll Where the page scrolls to.
 */
async function ask(address, entry, scroll = 'top') {
  request.abort();
  request = new AbortController();
  const { signal } = request;
  if (entry === 'push') { keepPlace(); history.pushState(null, '', address); }
  if (entry === 'replace') history.replaceState(null, '', address);
  shown = address;
  results.setAttribute('aria-busy', 'true');
  try {
    const page = parsed(await fetchHTML(partAddress(address, 'results'), { signal }));
    if (signal.aborted) return;
    replaceContents(results, page.body);
    describeAnswer();
    if (scroll === 'top' && results.getBoundingClientRect().top < 0) window.scrollTo(0, 0);
    notify('');
  } catch (error) {
    if (signal.aborted) return;
    notify(error instanceof TypeError ? 'Akin does not answer. Is its server still running?' : error.message);
  }
  results.removeAttribute('aria-busy');
}

let announcing = 0;

/** Names the page after its answer, and says how many papers there are once the typing rests. */
function describeAnswer() {
  const heading = results.querySelector('[data-announcement]');
  if (!heading) return;
  document.title = heading.dataset.title;
  clearTimeout(announcing);
  announcing = setTimeout(() => announce(heading.dataset.announcement), 400);
}

/** Shows the answer to what was chosen or sent: it gets an entry of the history unless it has one. */
function commit(address, scroll) {
  clearTimeout(typing);
  const isNew = address !== here();
  ask(address, isNew ? (isWriting ? 'replace' : 'push') : 'keep', scroll);
  isWriting = false;
}

/** As `commit`, but never in the place of words that were being written. */
function commitNext(address, scroll) {
  isWriting = false;
  commit(address, scroll);
}

let typing = 0;
const typingPause = 60;

function askWhileTyping() {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const address = addressOfForm();
    if (address === shown) return;
    ask(address, isWriting ? 'replace' : 'push');
    isWriting = true;
  }, typingPause);
}

function writeBox(address) {
  box.value = new URL(address, location.href).searchParams.get('q') ?? '';
}

if (form) {
  // The page scrolls itself, since papers come later than the browser would scroll.
  history.scrollRestoration = 'manual';
  form.addEventListener('submit', event => {
    event.preventDefault();
    commit(addressOfForm());
  });
  box.addEventListener('input', event => { if (!event.isComposing) askWhileTyping(); });
  box.addEventListener('compositionend', askWhileTyping);
  document.addEventListener('change', event => {
    if (event.target.form === form && event.target !== box) commitNext(addressOfForm(), 'stay');
  });
  document.addEventListener('click', event => {
    const link = event.target.closest('a[data-ask]');
    if (!link || event.defaultPrevented || !isPlainClick(event)) return;
    event.preventDefault();
    const address = link.getAttribute('href');
    writeBox(address);
    commitNext(address, link.closest('.filters') ? 'stay' : 'top');
  });
  window.addEventListener('popstate', async event => {
    if (here() === shown) return;
    isWriting = false;
    writeBox(location.href);
    await ask(here(), 'keep', 'stay');
    returnToPlace(event.state?.place);
  });
}

/** Whether a click follows a link in this window. */
function isPlainClick(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

// MARK: The place on the page

/** Remembers in the history which paper stands at the top of the window. */
function keepPlace() {
  const { left, width } = (byId('cards') ?? results).getBoundingClientRect();
  const card = window.scrollY > 0 && document.elementFromPoint(left + width / 2, 8)?.closest('.card');
  const place = card ? { id: card.id, top: card.getBoundingClientRect().top } : { y: window.scrollY };
  history.replaceState({ place }, '');
}

function returnToPlace(place) {
  if (!place) return;
  const card = place.id && byId(place.id);
  if (!card) { window.scrollTo(0, place.y ?? 0); return; }
  // Cards out of sight have estimated heights, and those around the place are laid out frame by frame.
  let frames = 20, still = 0;
  const settle = () => {
    const distance = card.getBoundingClientRect().top - place.top;
    if (Math.abs(distance) < 1) { still += 1; } else { still = 0; window.scrollBy({ top: distance, behavior: 'instant' }); }
    frames -= 1;
    if (frames > 0 && still < 3) requestAnimationFrame(settle);
  };
  settle();
}

if (form) {
  let scrolling = 0;
  window.addEventListener('scroll', () => {
    clearTimeout(scrolling);
    scrolling = setTimeout(() => { if (here() === shown && !results.hasAttribute('aria-busy')) keepPlace(); }, 250);
  }, { passive: true });
  returnToPlace(history.state?.place);
}

// MARK: More papers

async function showMore(link) {
  link.setAttribute('aria-busy', 'true');
  const hadFocus = document.activeElement === link;
  // The fragment leads to the first further paper where no script appends it.
  const address = link.pathname + link.search;
  const { signal } = request;
  try {
    const page = parsed(await fetchHTML(link.dataset.part, { signal }));
    const cards = [...page.querySelectorAll('.card')];
    byId('cards').append(...cards);
    const next = page.querySelector('.more');
    const last = link.closest('.more');
    if (next) last.replaceWith(next); else last.remove();
    // So a reload shows as many papers.
    history.replaceState(history.state, '', address);
    shown = address;
    showChosen();
    announce(`${cards.length} more papers`);
    if (hadFocus) cards[0]?.querySelector('.title').focus({ preventScroll: true });
  } catch (error) {
    if (signal.aborted) return;
    link.removeAttribute('aria-busy');
    notify(error.message);
  }
}

document.addEventListener('click', event => {
  const link = event.target.closest('a[data-part]');
  if (!link || !isPlainClick(event)) return;
  event.preventDefault();
  if (!link.hasAttribute('aria-busy')) showMore(link);
});

// MARK: Selected papers

function cardBoxes() { return [...document.querySelectorAll('.card input[name="id"]')]; }
function chosenBoxes() { return cardBoxes().filter(checkbox => checkbox.checked); }

function showChosen() {
  const actions = byId('actions');
  if (!actions) return;
  const all = cardBoxes().length, count = chosenBoxes().length;
  byId('chosen').textContent = count ? `${count} selected` : '';
  byId('all').checked = count > 0 && count === all;
  byId('all').indeterminate = count > 0 && count < all;
  if (count > 0 && !actions.classList.contains('has-chosen') && wide.matches) byId('doing').open = true;
  actions.classList.toggle('has-chosen', count > 0);
  for (const button of byId('act').querySelectorAll('[formaction], [value="selection"]')) button.disabled = !count;
}

/** The box that was ticked last: a click with Shift ticks all up to it. */
let lastTicked = null;

document.addEventListener('click', event => {
  const checkbox = event.target;
  if (checkbox.id === 'all') {
    for (const each of cardBoxes()) each.checked = checkbox.checked;
    showChosen();
    announce(byId('chosen').textContent || 'None selected');
  } else if (checkbox.matches?.('.card input[name="id"]')) {
    const boxes = cardBoxes(), ends = [boxes.indexOf(checkbox), boxes.indexOf(lastTicked)].sort((a, b) => a - b);
    if (event.shiftKey && ends[0] >= 0) {
      for (const each of boxes.slice(ends[0], ends[1])) each.checked = checkbox.checked;
    }
    lastTicked = checkbox;
    showChosen();
    announce(byId('chosen').textContent || 'None selected');
  }
});

// MARK: Changes in place

document.addEventListener('submit', async event => {
  const { target, submitter } = event;
  const isInPlace = target.hasAttribute('data-in-place') || submitter?.hasAttribute('data-in-place');
  if (!isInPlace) return;
  event.preventDefault();
  const fields = new FormData(target, submitter);
  fields.set('back', here());
  const action = submitter?.getAttribute('formaction') ?? target.getAttribute('action');
  try {
    // The server answers with the page to go back to; its part that changed is put in place.
    const page = parsed(await fetchHTML(action, { method: 'POST', body: new URLSearchParams(fields) }));
    const part = results ?? byId('main');
    replaceContents(part, page.getElementById(part.id));
    notify(page.getElementById('notice')?.textContent.trim() || '');
  } catch (error) {
    notify(error instanceof TypeError ? 'Not done: Akin does not answer. Is its server still running?' : error.message);
  }
});

// MARK: Years

/** The year under the pointer. */
function yearAt(histogram, x) {
  const { left, width } = histogram.getBoundingClientRect();
  const count = Number(histogram.dataset.count);
  const place = Math.min(count - 1, Math.max(0, Math.floor((x - left) * count / width)));
  return Number(histogram.dataset.first) + place;
}

/** The drag over years that goes on: its histogram, where it began, and where it is. */
let drag = null;

document.addEventListener('pointerdown', event => {
  const histogram = event.target.closest?.('.histogram');
  if (!histogram || event.button !== 0) return;
  const year = yearAt(histogram, event.clientX);
  drag = { histogram, first: year, last: year };
});

document.addEventListener('pointermove', event => {
  if (!drag) return;
  const year = yearAt(drag.histogram, event.clientX);
  // A click on a bar follows its link, as long as the pointer stays on it.
  if (year === drag.last) return;
  drag.last = year;
  if (!drag.histogram.hasPointerCapture(event.pointerId)) drag.histogram.setPointerCapture(event.pointerId);
  const [from, to] = [drag.first, drag.last].sort((a, b) => a - b);
  const firstYear = Number(drag.histogram.dataset.first);
  drag.histogram.querySelectorAll('.bar').forEach((bar, place) =>
    bar.classList.toggle('chosen', firstYear + place >= from && firstYear + place <= to));
  form.elements.from.value = from;
  form.elements.to.value = to;
});

document.addEventListener('pointerup', event => {
  const isRange = drag?.histogram.hasPointerCapture(event.pointerId);
  drag = null;
  if (isRange) commitNext(addressOfForm(), 'stay');
});
document.addEventListener('pointercancel', () => { drag = null; });
// A link that is dragged elsewhere would end the drag over years.
document.addEventListener('dragstart', event => { if (event.target.closest?.('.histogram')) event.preventDefault(); });

// MARK: Keys

const dialog = byId('help');
byId('keys-on').checked = remembered('akin-keys') !== 'off';
byId('keys-on').addEventListener('change', event => remember('akin-keys', event.target.checked ? null : 'off'));

document.addEventListener('click', event => {
  if (!event.target.closest('a[data-help]') || !isPlainClick(event)) return;
  event.preventDefault();
  dialog.showModal();
});

/** Moves the focus by some cards; true if there was one. */
function moveBy(step) {
  const card = document.activeElement.closest('.card');
  const next = !card ? document.querySelector('.card')
    : step > 0 ? card.nextElementSibling : card.previousElementSibling;
  if (next) next.querySelector('.title').focus();
  else if (step > 0) document.querySelector('.more a')?.focus();
  else box?.focus();
  return Boolean(card || next);
}

/** What the single keys do with the paper that has the focus. */
const cardKeys = {
  l: card => card.querySelector('[data-deed="like"]').click(),
  u: card => card.querySelector('[data-deed="unlike"]').click(),
  x: card => card.querySelector('input[name="id"]').click(),
  o: card => {
    if (/^https?:/i.test(card.dataset.out ?? '')) window.open(card.dataset.out, '_blank', 'noopener,noreferrer');
  },
};

function answerKey(event) {
  const { key, target } = event, card = target.closest('.card');
  if (target === box) {
    if (key === 'Escape') { box.blur(); return true; }
    return key === 'ArrowDown' && moveBy(1);
  }
  if (isWritten(target)) return false;
  if (card && (key === 'ArrowDown' || key === 'ArrowUp')) return moveBy(key === 'ArrowDown' ? 1 : -1);
  if (!byId('keys-on').checked) return false;
  if (key === '/' && box) { box.focus(); box.select(); return true; }
  if (key === '?') { dialog.showModal(); return true; }
  if (key === 'j' || key === 'k') return moveBy(key === 'j' ? 1 : -1);
  if (card && Object.hasOwn(cardKeys, key)) { cardKeys[key](card); return true; }
  return false;
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
  if (answerKey(event)) event.preventDefault();
});

// An open menu closes when the focus or a click goes elsewhere.
for (const kind of ['click', 'focusin', 'keydown']) {
  document.addEventListener(kind, event => {
    const menu = document.querySelector('.menu[open]');
    if (!menu || (kind === 'keydown' ? event.key !== 'Escape' : menu.contains(event.target))) return;
    menu.open = false;
  });
}

// MARK: Copying

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const source = byId(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = 'Copied';
  } catch {
    // Browsers refuse outside of secure pages: the reader copies what is selected.
    getSelection().selectAllChildren(source);
  }
});

// MARK: Adding files

const adding = byId('adding');

function send() {
  const file = byId('file'), progress = byId('sending-progress'), text = byId('sending-text');
  byId('sending').hidden = false;
  text.textContent = file.files.length === 1 ? `Sending ${file.files[0].name}` : `Sending ${file.files.length} files`;
  progress.value = 0;
  // Only this kind of request tells how much has been sent.
  const upload = new XMLHttpRequest();
  upload.upload.addEventListener('progress', event => {
    if (event.lengthComputable) progress.value = 100 * event.loaded / event.total;
  });
  upload.upload.addEventListener('load', () => {
    progress.removeAttribute('value');
    text.textContent = 'Reading the papers';
  });
  upload.addEventListener('load', () => {
    const page = parsed(upload.responseText), outcome = page.getElementById('outcome');
    byId('sending').hidden = true;
    if (outcome && upload.status < 400) {
      replaceContents(byId('outcome'), outcome);
      byId('outcome').focus();
      notify('');
      adding.reset();
    } else {
      notify(page.querySelector('[data-error]')?.textContent.trim() || `The server refused: ${upload.status}`);
    }
  });
  upload.addEventListener('error', () => {
    byId('sending').hidden = true;
    notify('Not sent: Akin does not answer. Is its server still running?');
  });
  upload.open('POST', adding.getAttribute('action'));
  upload.setRequestHeader('Accept', 'text/html');
  upload.send(new FormData(adding));
}

if (adding) {
  const drop = adding.querySelector('.drop');
  adding.addEventListener('submit', event => { event.preventDefault(); send(); });
  for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop']) {
    drop.addEventListener(kind, event => {
      event.preventDefault();
      drop.classList.toggle('over', kind === 'dragenter' || kind === 'dragover');
    });
  }
  drop.addEventListener('drop', event => {
    if (!event.dataTransfer.files.length) return;
    byId('file').files = event.dataTransfer.files;
    send();
  });
}

// MARK: Work that goes on

/** Looks again at a page that says that something is being computed. */
function refreshLater() {
  const computing = document.querySelector('[data-refresh]');
  if (!computing) return;
  setTimeout(async () => {
    try {
      const html = await fetchHTML(here());
      // What is done may be a page of its own, with a style that belongs to it alone.
      if (!html.includes('id="main"')) return location.reload();
      replaceContents(byId('main'), parsed(html).getElementById('main'));
    } catch {
      refreshLater();
    }
  }, Number(computing.dataset.refresh) * 1000);
}

prepare();
