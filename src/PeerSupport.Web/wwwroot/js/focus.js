// After a refusal the summary is what the reader needs first.
document.getElementById("problem")?.focus();
