// Answers while you type, and the place on the page.

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
