// What a page does beyond playing: chapters, sentences that light up, speed, going on where one stopped, copying.
// Everything is on the page without it; nothing is fetched, so it also works from a USB stick.
(function () {
  "use strict";
  const page = document.documentElement;
  page.classList.add("js");

  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const one = (selector) => document.querySelector(selector);

  // A private window or a page from a stick may refuse to remember anything: then nothing is remembered.
  const memory = {
    get: (key) => { try { return localStorage.getItem(key); } catch (error) { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch (error) { /* not remembered */ } },
    drop: (key) => { try { localStorage.removeItem(key); } catch (error) { /* nothing was */ } },
  };

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button copy";
    made.textContent = words;
    made.addEventListener("click", () => act(made));
    return made;
  }

  // ---- copying: the whole text of an address or a sha256, however short it is shown
  if (navigator.clipboard && navigator.clipboard.writeText) {
    all("[data-copy]").forEach((text) => {
      const copy = button("Chép", (made) => navigator.clipboard.writeText(text.textContent).then(
        () => { made.textContent = "Đã chép"; },
        () => { made.textContent = "Không chép được"; }
      ));
      copy.setAttribute("aria-label", "Chép " + text.dataset.copy);
      copy.setAttribute("aria-live", "polite");
      copy.addEventListener("click", () => copy.removeAttribute("aria-label"));
      text.after(copy);
    });
  }

  // ---- the player
  const audio = one("audio[data-episode]");
  if (!audio) return;
  page.classList.add("playing-page");
  const PLACE = "truyenthanh:" + audio.dataset.episode;
  const SPEED = "truyenthanh:speed";
  const NEAR_MS = 20; // a player may stop short of where it was sent
  const LINGER_MS = 700; // a sentence stays lit over the pause after it
  const times = (node) => ({ node: node, from: Number(node.dataset.from), to: Number(node.dataset.to) });
  const sentences = all(".said").map(times);
  const chapters = all(".marks a").map(times);
  const speed = one(".speed select");
  const resumed = one(".resumed");
  const now = () => audio.currentTime * 1000 + NEAR_MS;

  function lastBegun(list, ms) {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].from <= ms) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  function goTo(ms) {
    audio.currentTime = ms / 1000;
    const playing = audio.play();
    if (playing) playing.catch(() => { /* the browser wants another click */ });
  }

  // ---- what sounds is lit
  let lit = null, mark = null, timer = 0;
  const isSeen = (node) => {
    const box = node.getBoundingClientRect();
    return box.bottom > 0 && box.top < window.innerHeight;
  };

  function light(next) {
    if (next === lit) return;
    const wasRead = lit && !audio.paused && isSeen(lit);
    if (lit) lit.classList.remove("now");
    if (next) next.classList.add("now");
    // Who reads along is taken along; who looks at something else is left there.
    if (next && wasRead) {
      const box = next.getBoundingClientRect();
      const top = one(".bar").getBoundingClientRect().bottom;
      if (box.top < top || box.bottom > window.innerHeight - 20) next.scrollIntoView({ block: "center" });
    }
    lit = next;
  }

  function show() {
    const ms = now();
    const at = lastBegun(sentences, ms);
    light(at >= 0 && ms < sentences[at].to + LINGER_MS ? sentences[at].node : null);
    const begun = lastBegun(chapters, ms);
    const chapter = begun >= 0 ? chapters[begun].node : null;
    if (chapter !== mark) {
      if (mark) mark.removeAttribute("aria-current");
      if (chapter) chapter.setAttribute("aria-current", "true");
      mark = chapter;
    }
    clearTimeout(timer);
    const next = sentences[at + 1]; // the clock of the page is finer than its timeupdate
    if (next && !audio.paused) timer = setTimeout(show, Math.max(10, (next.from - ms) / audio.playbackRate));
  }
  ["timeupdate", "seeking", "seeked", "play", "pause", "ratechange"].forEach((name) => audio.addEventListener(name, show));

  // ---- clicks
  chapters.forEach((chapter) => chapter.node.addEventListener("click", (event) => {
    event.preventDefault();
    goTo(chapter.from);
  }));
  one(".words").addEventListener("click", (event) => {
    const said = event.target.closest(".said");
    if (said && !String(window.getSelection())) goTo(Number(said.dataset.from));
  });
  one("[data-turn=back]").addEventListener("click", () => {
    const ms = now(), at = lastBegun(sentences, ms);
    if (at >= 0) goTo(sentences[ms - sentences[at].from < 1500 ? Math.max(0, at - 1) : at].from);
  });
  one("[data-turn=on]").addEventListener("click", () => {
    const next = sentences[lastBegun(sentences, now()) + 1];
    if (next) goTo(next.from);
  });

  // ---- speed
  function pace(rate) {
    audio.defaultPlaybackRate = rate;
    audio.playbackRate = rate;
  }
  const isOffered = (rate) => Array.from(speed.options).some((option) => option.value === rate);
  const usual = memory.get(SPEED);
  if (isOffered(usual)) { speed.value = usual; pace(Number(usual)); }
  speed.addEventListener("change", () => { pace(Number(speed.value)); memory.set(SPEED, speed.value); });
  audio.addEventListener("ratechange", () => {
    if (isOffered(String(audio.playbackRate))) speed.value = String(audio.playbackRate);
  });

  // ---- going on where one stopped
  let saved = 0;
  function save() {
    saved = audio.currentTime;
    if (saved > 3 && !audio.ended) memory.set(PLACE, saved.toFixed(2)); else memory.drop(PLACE);
  }
  audio.addEventListener("timeupdate", () => { if (Math.abs(audio.currentTime - saved) > 3) save(); });
  audio.addEventListener("pause", save);
  audio.addEventListener("ended", () => memory.drop(PLACE));
  window.addEventListener("pagehide", () => { if (audio.currentTime > 0) save(); });

  const place = Number(memory.get(PLACE));
  if (place > 3 && place < Number(audio.dataset.seconds) - 2) {
    audio.currentTime = place;
    const minutes = Math.floor(place / 60), seconds = String(Math.floor(place % 60)).padStart(2, "0");
    resumed.textContent = "Lần trước dừng ở " + minutes + ":" + seconds + ", bấm nghe là nghe tiếp. ";
    resumed.append(button("Nghe từ đầu", () => goTo(0)));
    audio.addEventListener("play", () => {
      if (resumed.contains(document.activeElement)) audio.focus();
      resumed.textContent = "";
    }, { once: true });
    show();
  }

  if ("mediaSession" in navigator && window.MediaMetadata) {
    navigator.mediaSession.metadata = new MediaMetadata({ title: audio.dataset.title, artist: audio.dataset.station });
  }
  one(".controls").hidden = false;
})();
