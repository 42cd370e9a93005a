export { aboutPage } from "./about-page.ts";
export { faultyTutorialPage } from "./faulty-tutorial-page.ts";
export { homePage } from "./home-page.ts";
export { notFoundPage } from "./not-found-page.ts";
