"""Publishing: what editors and reviewers changed is checked, trained, tried against what answers now, and goes live when a person says so.

One publishing is a run: lint → train → evaluate → replay → a person approves → the assistant exchanges its model. It works on a
copy of its own, which stays: rolling back is going to the copy and model before. docs/publishing.md says it for editors.
"""
