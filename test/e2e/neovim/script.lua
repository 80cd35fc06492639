-- Opens a file of the demo application in Neovim with our language server, waits for what it reports, writes
-- that as lines to standard output, and ends. Run with: nvim --headless -u NONE -i NONE -n -S script.lua
local server, folder, file = vim.env.PERF_HINTS_SERVER, vim.env.PERF_HINTS_FOLDER, vim.env.PERF_HINTS_FILE
local patience = 30000

local function finish(lines, code)
  io.stdout:write(table.concat(lines, '\n') .. '\n')
  vim.lsp.stop_client(vim.lsp.get_active_clients())
  vim.wait(5000, function() return #vim.lsp.get_active_clients() == 0 end)
  if #vim.lsp.get_active_clients() > 0 then
    io.stdout:write('the server did not end\n')
    code = 1
  end
  vim.cmd('cquit ' .. code)
end

vim.cmd('edit ' .. folder .. '/' .. file)
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({
  name = 'perf-hints',
  cmd = { vim.env.PERF_HINTS_NODE, server, '--stdio' },
  root_dir = folder,
  workspace_folders = { { uri = vim.uri_from_fname(folder), name = 'demo' } },
  get_language_id = function() return 'typescript' end,
})
if not client then finish({ 'the server did not start' }, 1) end
vim.lsp.buf_attach_client(buffer, client)

vim.wait(patience, function() return #vim.diagnostic.get(buffer) > 0 end, 50)
local lines = {}
for _, found in ipairs(vim.diagnostic.get(buffer)) do
  table.insert(lines, string.format('%d:%d %s %s', found.lnum + 1, found.col + 1, found.source, found.code))
end
finish(lines, #lines > 0 and 0 or 1)
